/// Identities as people type and read them.
enum Identity {
  /// The part that tells subscribers of one network apart: the user of a sip or sips URI, the number of a tel URI; the
  /// text itself where it is neither.
  static func short(_ uri: String) -> String {
    guard let body = bodyOfURI(uri) else { return uri }
    let user = body.prefix { $0 != "@" && $0 != ";" && $0 != "?" }
    return user.isEmpty ? uri : String(user)
  }

  /// Whether `query`, as a person types it, names `identity`: the URI or IMPI with or without scheme and parameters, or
  /// the digits of its number or IMSI.
  static func matches(_ query: String, _ identity: String) -> Bool {
    let wanted = comparable(query)
    let found = comparable(identity)
    guard !wanted.isEmpty else { return false }
    if wanted == found { return true }
    let user = found.prefix { $0 != "@" }
    guard wanted.contains("@") == false, user.count < found.count || digits(wanted) != nil else { return false }
    if wanted == user { return true }
    guard let number = digits(wanted) else { return false }
    return digits(String(user)) == number
  }

  /// Without scheme and parameters, in lower case: host names do not differ by case, and users of one network that
  /// differ by nothing else do not occur.
  private static func comparable(_ identity: String) -> String {
    let body = bodyOfURI(identity) ?? identity[...]
    return body.prefix { $0 != ";" && $0 != "?" && $0 != ">" }.lowercased()
  }

  /// The digits of a telephone number or IMSI, without `+` and visual separators (RFC 3966 section 3); nil for other
  /// text.
  private static func digits(_ text: String) -> String? {
    guard !text.isEmpty, text.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.() ".contains($0)) }) else { return nil }
    let digits = text.filter(\.isNumber)
    return digits.isEmpty ? nil : digits
  }

  private static func bodyOfURI(_ uri: String) -> Substring? {
    for scheme in ["sip:", "sips:", "tel:"] where uri.prefix(scheme.count).lowercased() == scheme {
      return uri.dropFirst(scheme.count)
    }
    return nil
  }
}
