import ArgumentParser
import Reports

/// A command that writes one table.
protocol TableCommand: ParsableCommand {
  /// The table.
  static var section: ReportSection { get }
  /// What JSON tells beside the table.
  static var details: Set<ReportSection> { get }
  var table: TableArguments { get }
}

/// How a table is written.
enum TableFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, ndjson, csv, html
}

/// The arguments of all tables.
struct TableArguments: ParsableArguments {
  @OptionGroup var input: InputArguments
  @Option(help: "How to write it: text, json, ndjson, csv or html.")
  var format = TableFormat.text
  @Option(
    name: .customLong("sort"),
    help: ArgumentHelp(
      "Order the rows by this column (text and csv); -column for the greatest first.", valueName: "column"))
  var order: RowOrder?
  @OptionGroup var page: PageArguments
  @OptionGroup var output: OutputArguments
}

extension RowOrder: ExpressibleByArgument {
  /// What the user wrote: a column, with a minus before it for the greatest first.
  public init?(argument: String) {
    self.init(argument)
  }
}

extension TableCommand {
  static var details: Set<ReportSection> { [] }

  mutating func run() throws {
    if let order = table.order {
      guard table.format == .text || table.format == .csv else {
        throw ValidationError("--sort goes with --format text or csv; jq sorts JSON")
      }
      let columns = RowOrder.columns(of: Self.section)
      guard columns.contains(order.column) else {
        throw ValidationError("--sort takes one of \(columns.joined(separator: ", ")), not \(order.column)")
      }
    }
    let run = try AnalysisRun(input: table.input, output: table.output)
    if table.format == .html {
      return try run.writePage(table.page, table.output, view: Self.section.rawValue)
    }
    let output = try table.output.open(isStream: table.format == .ndjson)
    switch table.format {
    case .text:
      try run.run(
        TerminalTable(
          output: output, section: Self.section, style: table.output.style, limit: table.output.limit ?? .max,
          order: table.order))
    case .json: try run.run(JSONReport(output: output, sections: Self.details.union([Self.section])))
    case .ndjson: try run.run(NDJSONReport(output: output, sections: Self.details.union([Self.section])))
    case .csv:
      try run.run(
        CSVReport(output: output, section: Self.section, limit: table.output.limit ?? .max, order: table.order))
    case .html: break
    }
  }
}

struct RegistrationsCommand: TableCommand {
  static let configuration = CommandConfiguration(
    commandName: "registrations", abstract: "The registrations, one a row.",
    discussion: """
      Examples:
        imstrace registrations core.pcapng
        imstrace registrations --sort=-took --limit 10 core.pcapng
        imstrace registrations -Y failed --format csv core.pcapng
      """)
  static let section = ReportSection.registrations
  @OptionGroup var table: TableArguments
}

struct CallsCommand: TableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calls", abstract: "The calls, one a row.",
    discussion: """
      Examples:
        imstrace calls core.pcapng
        imstrace calls --sort=-talk --limit 10 core.pcapng
        imstrace calls -Y 'subscriber == 15550001' --format json core.pcapng
      """)
  static let section = ReportSection.calls
  @OptionGroup var table: TableArguments
}

struct SubscribersCommand: TableCommand {
  static let configuration = CommandConfiguration(
    commandName: "subscribers", abstract: "The subscribers, one a row.",
    discussion: """
      Examples:
        imstrace subscribers core.pcapng
        imstrace subscribers --format json core.pcapng | jq '.subscribers[].impus'
      """)
  static let section = ReportSection.subscribers
  @OptionGroup var table: TableArguments
}

struct NodesCommand: TableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nodes",
    abstract: "The nodes with their roles, and how they are connected.",
    discussion: """
      Examples:
        imstrace nodes core.pcapng
        imstrace nodes --sort=-sent core.pcapng
        imstrace nodes --format json core.pcapng | jq '.nodes[].evidence'
      """)
  static let section = ReportSection.nodes
  static let details: Set<ReportSection> = [.transport, .diameterPeers]
  @OptionGroup var table: TableArguments
}

struct MediaCommand: TableCommand {
  static let configuration = CommandConfiguration(
    commandName: "media", abstract: "The streams of media with their quality, one direction a row.")
  static let section = ReportSection.media
  static let details: Set<ReportSection> = [.calls]
  @OptionGroup var table: TableArguments
}

struct MessagingCommand: TableCommand {
  static let configuration = CommandConfiguration(
    commandName: "messaging", abstract: "Messages, subscriptions and publications, one a row.",
    discussion: """
      Examples:
        imstrace messaging core.pcapng
        imstrace messaging --format csv core.pcapng
      """)
  static let section = ReportSection.messaging
  @OptionGroup var table: TableArguments
}
