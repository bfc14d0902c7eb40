import CaptureFacts

/// An ICMP or ICMPv6 error and the packet that it quotes (RFC 792, RFC 4443 section 3): evidence that something did not
/// arrive.
public struct ICMPQuote: Hashable, Sendable {
  /// The type of the error, as ICMP of the address family has it.
  public var type: UInt8

  /// The code of the error.
  public var code: UInt8

  /// The flow of the packet that did not arrive; nil where the quote is too short or of another protocol.
  public var flow: Flow?

  /// Describes an error.
  @inlinable
  public init(type: UInt8, code: UInt8, flow: Flow?) {
    self.type = type
    self.code = code
    self.flow = flow
  }
}
