import DiameterMessages
import SubscriberTimelines

extension DiameterExchange.Result {
  /// The code, whichever kind it is.
  var code: UInt32 {
    switch self {
    case .base(let code): code
    case .experimental(_, let code): code
    }
  }

  /// Its name; nil where the dictionary has none.
  var name: String? {
    switch self {
    case .base(let code): DiameterDictionary.known.resultName(code)
    case .experimental(let vendor, let code):
      DiameterDictionary.known.experimentalResultName(vendor: vendor, code: code)
    }
  }

  /// Its name without what all names of results begin with; nil where the dictionary has none.
  var shortName: String? {
    guard let name else { return nil }
    for prefix in ["DIAMETER_ERROR_", "DIAMETER_"] where name.hasPrefix(prefix) {
      return String(name.dropFirst(prefix.count))
    }
    return name
  }

  /// Whether the request succeeded: the class of the code is 2xxx (RFC 6733 section 7.1; experimental results keep the
  /// classes).
  var isSuccess: Bool { 2000..<3000 ~= code }
}
