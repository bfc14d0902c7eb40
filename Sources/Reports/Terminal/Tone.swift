/// What a piece of text says about the state of things; the colour follows from it.
enum Tone: String {
  case plain, heading, faint, good, caution, bad

  /// Its name in pages.
  var name: String { rawValue }

  /// The SGR parameters (ECMA-48 section 8.3.117); nil for plain text.
  var escape: StaticString? {
    switch self {
    case .plain: nil
    case .heading: "\u{1b}[1m"
    case .faint: "\u{1b}[2m"
    case .good: "\u{1b}[32m"
    case .caution: "\u{1b}[33m"
    case .bad: "\u{1b}[31m"
    }
  }
}
