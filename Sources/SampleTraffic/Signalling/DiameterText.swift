/// A Diameter message being composed (RFC 6733 section 3).
struct DiameterText {
  var command: UInt32
  var application: UInt32
  var isRequest: Bool
  var isProxiable = true
  var isRetransmission = false
  var isError = false
  var hopByHop: UInt32
  var endToEnd: UInt32
  var pairs: [AttributeValuePair]

  /// The message as sent.
  var bytes: [UInt8] {
    let body = pairs.flatMap(\.encoded)
    var bytes: [UInt8] = []
    bytes.append(bigEndian: UInt32(20 + body.count) | 1 << 24)
    let flags: UInt32 =
      (isRequest ? 0x80 : 0) | (isProxiable ? 0x40 : 0) | (isError ? 0x20 : 0) | (isRetransmission ? 0x10 : 0)
    bytes.append(bigEndian: command | flags << 24)
    bytes.append(bigEndian: application)
    bytes.append(bigEndian: hopByHop)
    bytes.append(bigEndian: endToEnd)
    return bytes + body
  }
}
