import Glibc

/// How text output looks: what the terminal can show and what the user wants.
public struct TerminalStyle: Sendable {
  /// When to colour.
  public enum ColourChoice: String, CaseIterable, Sendable {
    /// On a terminal, unless NO_COLOR is set (no-color.org).
    case auto
    /// Always.
    case always
    /// Never.
    case never
  }

  /// The width of output that does not go to a terminal.
  public static let standardWidth = 80

  /// The columns that a line may take.
  public var width: Int
  /// The lines of the terminal; nil where the output goes elsewhere.
  public var height: Int?
  /// Whether to colour.
  public var isColoured: Bool
  /// Whether lines are drawn with box characters; ASCII where the locale is not UTF-8.
  public var drawsBoxes: Bool

  /// Describes output by its properties.
  public init(width: Int = TerminalStyle.standardWidth, isColoured: Bool = false, drawsBoxes: Bool = true) {
    self.width = max(40, width)
    self.isColoured = isColoured
    self.drawsBoxes = drawsBoxes
  }

  /// What standard output, or a file in its place, can show.
  public static func detect(_ colour: ColourChoice, toFile: Bool) -> TerminalStyle {
    let isTerminal = !toFile && isatty(STDOUT_FILENO) == 1
    var columns = standardWidth
    var height: Int?
    if let set = environment("COLUMNS").flatMap(Int.init), set > 0 {
      columns = set
    }
    var size = winsize()
    if isTerminal, unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 {
      if size.ws_col > 0, environment("COLUMNS") == nil { columns = Int(size.ws_col) }
      if size.ws_row > 0 { height = Int(size.ws_row) }
    }
    let isColoured =
      switch colour {
      case .always: true
      case .never: false
      case .auto: isTerminal && environment("NO_COLOR") == nil && environment("TERM") != "dumb"
      }
    let locale = environment("LC_ALL") ?? environment("LC_CTYPE") ?? environment("LANG") ?? ""
    let isUnicode = locale.uppercased().contains("UTF-8") || locale.uppercased().contains("UTF8")
    var style = TerminalStyle(width: min(columns, 1000), isColoured: isColoured, drawsBoxes: isUnicode)
    style.height = height
    return style
  }

  /// A variable that is set and not empty.
  private static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name), unsafe value.pointee != 0 else { return nil }
    return unsafe String(cString: value)
  }
}
