import ByteReading
import CaptureFacts
import PacketLayers
import StreamReassembly

/// Keeps checksums as they were where bytes were changed: right ones right, wrong ones wrong (RFC 1624), and those of SCTP
/// right.
struct ChecksumRepair {
  private let checksum = CRC32c()

  /// Repairs the checksums of the headers around `edits`, from the innermost outwards: each is part of what the next one
  /// covers.
  func repair(
    _ bytes: inout [UInt8], _ edits: [RedactedBytes.Edit], under headers: [ChecksummedHeader], isWhole: Bool
  ) {
    var edits = edits
    for header in headers.reversed() where edits.contains(where: { header.range.contains($0.place) }) {
      let start = header.range.lowerBound
      switch header.layer {
      case .udp: update(start + 6, in: header.range, isOptional: true, &bytes, &edits)
      case .tcp: update(start + 16, in: header.range, isOptional: false, &bytes, &edits)
      case .icmp, .icmpv6: update(start + 2, in: header.range, isOptional: false, &bytes, &edits)
      case .sctp where isWhole && header.range.count >= 12: renew(in: header.range, &bytes, &edits)
      default: break
      }
    }
  }

  /// Takes `sum` from what a checksum at `place` covers. One that is optional is absent where it is zero (RFC 768).
  func subtract(
    _ sum: UInt32, at place: Int, isOptional: Bool, _ bytes: inout [UInt8], _ edits: inout [RedactedBytes.Edit]
  ) {
    guard place + 2 <= bytes.count else { return }
    let before = UInt32(bytes[place]) << 8 | UInt32(bytes[place + 1])
    guard before != 0 || !isOptional else { return }
    // RFC 1624 equation 3 with nothing in the place of what was there.
    var covered = ~before & 0xffff + ~sum & 0xffff
    while covered > 0xffff { covered = covered >> 16 + covered & 0xffff }
    var after = ~covered & 0xffff
    if after == 0, isOptional { after = 0xffff }
    write([UInt8(truncatingIfNeeded: after >> 8), UInt8(truncatingIfNeeded: after)], at: place, &bytes, &edits)
  }

  private func update(
    _ place: Int, in range: Range<Int>, isOptional: Bool, _ bytes: inout [UInt8], _ edits: inout [RedactedBytes.Edit]
  ) {
    var sum: UInt64 = 0
    for edit in edits where range.contains(edit.place) {
      let shift: UInt64 = (edit.place - range.lowerBound) & 1 == 0 ? 8 : 0
      // What was there, less what is there now: in ones' complement the complement is added.
      sum += UInt64(edit.before) << shift + UInt64(~(UInt16(bytes[edit.place]) << UInt16(shift)))
    }
    while sum > 0xffff { sum = sum >> 16 + sum & 0xffff }
    subtract(UInt32(sum), at: place, isOptional: isOptional, &bytes, &edits)
  }

  /// RFC 9260 section 6.8.
  private func renew(in range: Range<Int>, _ bytes: inout [UInt8], _ edits: inout [RedactedBytes.Edit]) {
    let place = range.lowerBound + 8
    write([0, 0, 0, 0], at: place, &bytes, &edits)
    let field = CRC32c.field(checksum.adding(bytes.rawSpan.extracting(range), to: CRC32c.initial))
    write(
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: field >> ($0 as UInt32)) }, at: place, &bytes, &edits)
  }

  private func write(_ values: [UInt8], at place: Int, _ bytes: inout [UInt8], _ edits: inout [RedactedBytes.Edit]) {
    for (offset, value) in values.enumerated() where bytes[place + offset] != value {
      if !edits.contains(where: { $0.place == place + offset }) {
        edits.append(RedactedBytes.Edit(place: place + offset, before: bytes[place + offset]))
      }
      bytes[place + offset] = value
    }
  }
}
