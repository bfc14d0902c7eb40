/// Brings identities to the form in which two of them are compared and printed.
enum IdentityText {
  /// A public identity (TS 23.003 section 13.4) without parameters, headers and display name: `sip:user@host` with
  /// scheme and host in lower case, or `tel:` and the number without visual separators (RFC 3966 section 5.1.1). Nil
  /// for a URI that names no one: without user part, or anonymous (RFC 3323 section 4.1).
  static func publicIdentity(_ uri: String) -> String? {
    guard let colon = uri.firstIndex(of: ":") else { return nil }
    let scheme = uri[..<colon].lowercased()
    let rest = uri[uri.index(after: colon)...]
    switch scheme {
    case "sip", "sips":
      guard let at = rest.lastIndex(of: "@") else { return nil }
      // Parameters of a telephone-subscriber stand inside the user part (RFC 3261 section 19.1.6).
      let user = rest[..<at].prefix { $0 != ";" && $0 != ":" }
      let host = rest[rest.index(after: at)...].prefix { $0 != ";" && $0 != "?" && $0 != ">" && $0 != ":" }.lowercased()
      guard !user.isEmpty, !host.isEmpty, user.lowercased() != "anonymous", host != "anonymous.invalid" else {
        return nil
      }
      return "sip:\(user)@\(host)"
    case "tel":
      let number = rest.prefix { $0 != ";" && $0 != ">" }.filter { !"-.()".contains($0) }
      return number.isEmpty ? nil : "tel:\(number)"
    default:
      return nil
    }
  }

  /// A private identity (TS 23.003 section 13.3): the realm in lower case. Nil for an empty one.
  static func privateIdentity(_ text: String) -> String? {
    guard let at = text.lastIndex(of: "@") else { return text.isEmpty ? nil : text }
    let user = text[..<at]
    return user.isEmpty ? nil : "\(user)@\(text[text.index(after: at)...].lowercased())"
  }

  /// The user part of an identity in either form, a leading plus taken off: what a dialled number and an identity have
  /// in common.
  static func userPart(_ identity: String) -> Substring {
    var rest = Substring(identity)
    if let colon = rest.firstIndex(of: ":") { rest = rest[rest.index(after: colon)...] }
    rest = rest.prefix { $0 != "@" && $0 != ";" }
    return rest.first == "+" ? rest.dropFirst() : rest
  }
}
