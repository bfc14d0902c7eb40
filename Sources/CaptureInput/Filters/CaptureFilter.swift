import CaptureFacts

/// A filter in the language of libpcap (pcap-filter(7)), compiled for each link type it meets.
public struct CaptureFilter {
  /// What the filter became for one link type.
  private struct Program {
    var linkType: LinkType
    /// Nil where the expression has no meaning for this link type: no frame of it passes.
    var compiled: CompiledFilter?
  }

  /// How many link types are kept compiled; those beyond pass nothing. Registered are fewer than 300.
  private static let mostPrograms = 512

  /// The expression.
  public let expression: String

  private var programs: [Program] = []
  private var warnings: [String] = []

  /// Prepares a filter; `compile(for:)` says whether it has a meaning.
  public init(_ expression: String) {
    self.expression = expression
  }

  /// Compiles the expression for a link type; throws the words of libpcap where it has no meaning for it.
  public mutating func compile(for linkType: LinkType) throws(CaptureInputFailure) {
    if programs.contains(where: { $0.linkType == linkType }) { return }
    programs.append(Program(linkType: linkType, compiled: try CompiledFilter(expression, for: linkType)))
  }

  /// Whether a frame passes. A link type not met before is compiled for; where that fails, none of it passes and
  /// `takeWarnings()` says so.
  public mutating func passes(_ bytes: borrowing RawSpan, originalLength: UInt32, linkType: LinkType) -> Bool {
    for program in programs where program.linkType == linkType {
      return program.compiled?.passes(bytes, originalLength: originalLength) ?? false
    }
    guard programs.count < CaptureFilter.mostPrograms else { return false }
    var compiled: CompiledFilter?
    do throws(CaptureInputFailure) {
      compiled = try CompiledFilter(expression, for: linkType)
    } catch {
      warnings.append("\(error); no frame of this link type passes")
    }
    programs.append(Program(linkType: linkType, compiled: compiled))
    return compiled?.passes(bytes, originalLength: originalLength) ?? false
  }

  /// Why the expression has no meaning for link types met since this was last asked, one sentence each.
  public mutating func takeWarnings() -> [String] {
    defer { warnings = [] }
    return warnings
  }
}
