import ByteReading

/// The name of an application server, as a service profile has it: a SIP URI (TS 29.228 annex B.2.3).
enum ApplicationServerName {
  /// The host of the URI, in lower case.
  static func host(of uri: String) -> String {
    let bytes = unsafe uri.utf8.span.bytes
    var start = 0
    if let colon = bytes.firstOffset(of: UInt8(ascii: ":")), colon >= 3, bytes.equalsIgnoringCase("sip", in: 0..<3) {
      start = colon + 1
    }
    while let at = bytes.firstOffset(of: UInt8(ascii: "@"), from: start) { start = at + 1 }
    let rest = start..<bytes.byteCount
    let end: Int?
    if !rest.isEmpty, bytes.byte(at: start) == UInt8(ascii: "["),
      let bracket = bytes.firstOffset(of: UInt8(ascii: "]"), in: rest)
    {
      end = bracket + 1
    } else {
      end = bytes.firstOffset(in: rest) {
        $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "?")
      }
    }
    return bytes.text(in: start..<(end ?? bytes.byteCount)).lowercased()
  }
}
