import ArgumentParser
import CaptureAnalysis
import CaptureInput

/// `KIND:NUMBER`, as dumpcap's `-a` and `-b` have it.
struct CaptureLimit: ExpressibleByArgument {
  enum Kind: String {
    case duration, filesize, files, packets
  }

  let kind: Kind
  /// Seconds, units of 1000 bytes, files or packets.
  let amount: Double

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])), let amount = Double(parts[1]),
      (0...1_000_000_000).contains(amount), kind == .duration || (amount >= 1 && amount == amount.rounded())
    else { return nil }
    self.kind = kind
    self.amount = amount
  }

  /// Adds it to when the capture ends.
  func apply(to stop: inout LiveStopConditions) {
    switch kind {
    case .duration: stop.nanoseconds = Int64(amount * 1_000_000_000)
    case .filesize: stop.kilobytes = UInt64(amount)
    case .files: stop.files = Int(amount)
    case .packets: stop.frames = UInt64(amount)
    }
  }

  /// Adds it to when the next file begins; false where it has no meaning there.
  func apply(to ring: inout CaptureRing.Limits) -> Bool {
    switch kind {
    case .duration: ring.seconds = max(1, UInt64(amount))
    case .filesize: ring.kilobytes = UInt64(amount)
    case .files: ring.files = Int(amount)
    case .packets: return false
    }
    return true
  }
}
