/// The name of an application server, as a service profile has it: a SIP URI (TS 29.228 annex B.2.3).
enum ApplicationServerName {
  /// The host of the URI, in lower case.
  static func host(of uri: String) -> String {
    var rest = Substring(uri)
    if let colon = rest.firstIndex(of: ":"), rest[..<colon].lowercased().hasPrefix("sip") {
      rest = rest[rest.index(after: colon)...]
    }
    if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
    if rest.first == "[", let bracket = rest.firstIndex(of: "]") { return rest[...bracket].lowercased() }
    return rest.prefix { $0 != ":" && $0 != ";" && $0 != "?" }.lowercased()
  }
}
