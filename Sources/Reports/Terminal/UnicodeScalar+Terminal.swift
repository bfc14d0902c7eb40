extension Unicode.Scalar {
  /// Whether a terminal or an editor might act on the character instead of showing it: control characters (C0, DEL, C1),
  /// line and paragraph separators, and format characters such as those that reverse the direction of text.
  var actsOnTerminal: Bool {
    switch value {
    case 0x20...0x7e: return false
    case 0...0x9f: return true
    default:
      switch properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: return true
      default: return false
      }
    }
  }

  /// How many columns of a terminal the character takes: none for combining marks, two for the wide scripts of East Asia.
  var terminalColumns: Int {
    if value < 0x300 { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    switch value {
    case 0x1100...0x115f, 0x2e80...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60,
      0xffe0...0xffe6, 0x1f300...0x1faff, 0x20000...0x3fffd:
      return 2
    default: return 1
    }
  }
}
