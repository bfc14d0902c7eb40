/// What reassembly needs of a TCP header (RFC 9293 section 3.1).
public struct TCPSegmentHeader: Hashable, Sendable {
  /// The control bits that matter here.
  public struct Flags: OptionSet, Hashable, Sendable {
    /// The low byte of the control bits, as on the wire.
    public var rawValue: UInt8
    /// Takes the byte as it is on the wire.
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// No more data from the sender.
    public static let fin = Flags(rawValue: 0x01)
    /// Synchronises sequence numbers.
    public static let syn = Flags(rawValue: 0x02)
    /// Resets the connection.
    public static let rst = Flags(rawValue: 0x04)
    /// Push.
    public static let psh = Flags(rawValue: 0x08)
    /// The acknowledgment number is valid.
    public static let ack = Flags(rawValue: 0x10)
  }

  /// The sequence number of the first byte of payload, or of SYN.
  public var sequenceNumber: UInt32

  /// The next sequence number that the sender expects; valid with `ack`.
  public var acknowledgmentNumber: UInt32

  /// The control bits.
  public var flags: Flags

  /// The window as on the wire, not scaled.
  public var window: UInt16

  /// Describes a segment.
  @inlinable
  public init(sequenceNumber: UInt32, acknowledgmentNumber: UInt32, flags: Flags, window: UInt16) {
    self.sequenceNumber = sequenceNumber
    self.acknowledgmentNumber = acknowledgmentNumber
    self.flags = flags
    self.window = window
  }
}
