import ByteReading
import SIPMessages

extension SIPMessage {
  /// The user part of a URI, or the number of a tel URI, a leading plus taken off and without parameters: what
  /// `IdentityText.userPart` is for texts. Empty for a URI without one.
  func userPart(of range: ByteRange) -> ByteRange {
    let uri = uri(range)
    var part = uri.user.isEmpty ? uri.host : uri.user
    guard uri.scheme == .tel || !uri.user.isEmpty, !part.isEmpty else { return ByteRange() }
    if span.byte(at: Int(part.start)) == UInt8(ascii: "+") { part.start += 1 }
    if let end = span.firstOffset(of: UInt8(ascii: ";"), in: part.range) { part.end = UInt32(end) }
    return part
  }
}
