import ByteReading
import CaptureFacts

/// What was inside of ESP in chosen frames, each as the packet of IP that it was or could have been: to be written in place
/// of the encrypted one.
///
/// A class, because the analysis that opens packets is not what asks for them.
public final class OpenedPackets {
  /// How many bytes are kept in all: the signalling of some ten thousand calls; what is opened beyond stays encrypted, and
  /// is counted.
  public static let mostBytes = 64 << 20

  /// Packets beyond the bound.
  public private(set) var leftOut: UInt64 = 0

  private let frames: Set<UInt64>
  private var bytes: [UInt8] = []
  private var ranges: [UInt64: Range<Int>] = [:]

  /// Prepares to keep what these frames hold.
  public init(of frames: Set<UInt64>) {
    self.frames = frames
  }

  /// Takes what was inside: in tunnel mode a packet (RFC 4303 section 3.1.2), in transport mode what follows its header,
  /// which is made anew. What is opened inside of it takes its place.
  func note(
    _ inner: RawSpan, ipProtocol: UInt8, from source: IPAddress, to destination: IPAddress, frame: FrameReference
  ) {
    guard frames.contains(frame.number) else { return }
    guard bytes.count + inner.byteCount + OpenedPackets.longestHeader <= OpenedPackets.mostBytes else {
      leftOut &+= 1
      return
    }
    let start = bytes.count
    if ipProtocol != OpenedPackets.version4, ipProtocol != OpenedPackets.version6 {
      appendHeader(of: inner.byteCount, ipProtocol, source, destination)
    }
    unsafe inner.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    ranges[frame.number] = start..<bytes.count
  }

  /// The packet in a frame; nil where nothing was opened.
  func packet(in frame: FrameReference) -> ArraySlice<UInt8>? {
    ranges[frame.number].map { bytes[$0] }
  }

  // MARK: - Headers

  /// IP in IP by its protocol numbers.
  private static let version4: UInt8 = 4
  private static let version6: UInt8 = 41
  private static let longestHeader = 40

  /// A header of IPv4 (RFC 791 section 3.1) or IPv6 (RFC 8200 section 3).
  private func appendHeader(
    of length: Int, _ ipProtocol: UInt8, _ source: IPAddress, _ destination: IPAddress
  ) {
    guard source.isV4 else {
      append(UInt32(0x6000_0000))
      append(UInt16(clamping: length))
      bytes += [ipProtocol, 64]
      for half in [source.high, source.low, destination.high, destination.low] { append(half) }
      return
    }
    let start = bytes.count
    append(UInt16(0x4500))
    append(UInt16(clamping: 20 + length))
    append(UInt32(0x0000_4000))
    bytes += [64, ipProtocol, 0, 0]
    append(source.v4Bits)
    append(destination.v4Bits)
    var sum = stride(from: start, to: start + 20, by: 2).reduce(UInt32(0)) {
      $0 + UInt32(bytes[$1]) << 8 + UInt32(bytes[$1 + 1])
    }
    while sum > 0xffff { sum = sum >> 16 + sum & 0xffff }
    bytes[start + 10] = UInt8(truncatingIfNeeded: ~sum >> 8)
    bytes[start + 11] = UInt8(truncatingIfNeeded: ~sum)
  }

  private func append(_ number: some FixedWidthInteger) {
    for shift in stride(from: number.bitWidth - 8, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }
}
