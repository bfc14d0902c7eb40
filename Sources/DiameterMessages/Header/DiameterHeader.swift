import ByteReading

/// The header in front of every Diameter message (RFC 6733 section 3).
public struct DiameterHeader: Hashable, Sendable {
  /// The octets of the header, and so the least length of a message.
  @inlinable public static var byteCount: Int { 20 }

  /// The only version (RFC 6733 section 3).
  @inlinable public static var knownVersion: UInt8 { 1 }

  /// The version: 1.
  public let version: UInt8

  /// What the message is: request or answer, proxiable, error, possibly retransmitted.
  public let flags: DiameterCommandFlags

  /// The length of the whole message in octets, header and padded AVPs included.
  public let length: UInt32

  /// The command: 300 is User-Authorization; request and answer share it. 24 bits.
  public let commandCode: UInt32

  /// The application: 16777216 is Cx; 0 the base protocol.
  public let applicationID: UInt32

  /// Joins an answer to its request on one connection.
  public let hopByHop: UInt32

  /// Names a request from its origin on, through agents.
  public let endToEnd: UInt32

  /// Makes a header of its fields.
  public init(
    version: UInt8 = DiameterHeader.knownVersion, flags: DiameterCommandFlags, length: UInt32, commandCode: UInt32,
    applicationID: UInt32, hopByHop: UInt32, endToEnd: UInt32
  ) {
    self.version = version
    self.flags = flags
    self.length = length
    self.commandCode = commandCode
    self.applicationID = applicationID
    self.hopByHop = hopByHop
    self.endToEnd = endToEnd
  }

  /// Reads the header at the front of `bytes`. Fails where there are fewer than 20 bytes, another version than 1, or a
  /// length below that of the header.
  @inlinable
  public init(parsing bytes: RawSpan) throws(ParseFailure) {
    guard bytes.byteCount >= DiameterHeader.byteCount else { throw ParseFailure(.truncated, at: bytes.byteCount) }
    version = bytes.byte(at: 0)
    length = bytes.bigEndianUInt24(at: 1)
    flags = DiameterCommandFlags(rawValue: bytes.byte(at: 4))
    commandCode = bytes.bigEndianUInt24(at: 5)
    applicationID = bytes.bigEndianUInt32(at: 8)
    hopByHop = bytes.bigEndianUInt32(at: 12)
    endToEnd = bytes.bigEndianUInt32(at: 16)
    guard version == DiameterHeader.knownVersion else { throw ParseFailure(.versionUnknown, at: 0) }
    guard length >= DiameterHeader.byteCount else { throw ParseFailure(.lengthContradicts, at: 1) }
  }

  /// Whether this is a request.
  @inlinable
  public var isRequest: Bool { flags.contains(.request) }

  /// Whether agents may pass it on.
  @inlinable
  public var isProxiable: Bool { flags.contains(.proxiable) }

  /// Whether it is an answer that reports a protocol error.
  @inlinable
  public var isError: Bool { flags.contains(.error) }

  /// Whether its sender may have sent it before.
  @inlinable
  public var isPotentiallyRetransmitted: Bool { flags.contains(.potentiallyRetransmitted) }
}
