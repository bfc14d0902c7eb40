import ByteReading
import CaptureFacts
import SIPMessages

extension SIPMessage {
  /// Whether the host of the URI in `range` is this address.
  func names(_ address: IPAddress, in range: ByteRange) -> Bool {
    IPAddress(span, in: uri(range).host.range) == address
  }

  /// Whether the Request-URI is a telephone number: a tel URI, a user part in global form, or `user=phone` (RFC 3966, RFC
  /// 3261 section 19.1.6).
  var isToTelephone: Bool {
    let uri = uri(requestURI)
    return uri.scheme == .tel || !uri.user.isEmpty && span.byte(at: Int(uri.user.start)) == UInt8(ascii: "+")
      || uri.parameter("user", in: span).map { span.equalsIgnoringCase("phone", in: $0.range) } ?? false
  }

  /// Whether the second Route is the sender's own, as its topmost Via, its Record-Route or `address` names it.
  func hasRouteBack(to address: IPAddress) -> Bool {
    let routes = addresses(.route)
    guard routes.count > 1 else { return false }
    if names(address, in: routes[1].uri) { return true }
    let host = text(uri(routes[1].uri).host).lowercased()
    let own = [topVia.sentByHost] + (firstAddress(.recordRoute).map { [uri($0.uri).host] } ?? [])
    return own.contains { text($0).lowercased() == host }
  }

  /// Whether the Contact is at this address.
  func hasContact(at address: IPAddress) -> Bool {
    addresses(.contact).contains { names(address, in: $0.uri) }
  }
}
