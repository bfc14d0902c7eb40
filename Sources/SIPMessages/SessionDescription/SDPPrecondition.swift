import ByteReading

/// One precondition line of a medium (RFC 3312 section 5): resources that must be there before the callee is alerted.
public struct SDPPrecondition: Hashable, Sendable {
  /// What the line says.
  public enum Kind: UInt8, Sendable {
    /// `curr`: what is reserved now.
    case current
    /// `des`: what is desired.
    case desired
    /// `conf`: at what the other side is asked to confirm.
    case confirm
  }

  /// What the line says.
  public var kind: Kind
  /// The type of the resource: `qos`.
  public var type: ByteRange
  /// How strongly it is desired: `mandatory`, `optional`, `none`, ...; empty but for `desired`.
  public var strength: ByteRange
  /// Whose resource: `e2e`, `local` or `remote`.
  public var status: ByteRange
  /// The direction: `none`, `send`, `recv` or `sendrecv`.
  public var direction: ByteRange

  init(_ kind: Kind, _ bytes: RawSpan, in value: Range<Int>) {
    var words = SDPWordReader(bytes, in: value)
    self.kind = kind
    type = words.nextRange()
    strength = kind == .desired ? words.nextRange() : ByteRange()
    status = words.nextRange()
    direction = words.nextRange()
  }
}
