import Foundation

/// The manual page, made from what the command says of itself (`--experimental-dump-help`), in the macros of man(7).
struct ManualPage {
  /// The commands as the parser of arguments describes them.
  struct Command: Decodable {
    var commandName: String
    var abstract: String?
    var discussion: String?
    var arguments: [Argument]?
    var subcommands: [Command]?
    var shouldDisplay: Bool?
  }

  /// One argument.
  struct Argument: Decodable {
    struct Name: Decodable {
      var kind: String
      var name: String
    }

    var kind: String
    var names: [Name]?
    var valueName: String?
    var abstract: String?
    var allValues: [String]?
    var defaultValue: String?
    var isOptional: Bool
    var isRepeating: Bool
    var shouldDisplay: Bool
  }

  private struct Dump: Decodable {
    var command: Command
  }

  private let root: Command
  private let version: String
  private var lines: [String] = []

  /// The page, from a dump and the version that the command names.
  static func text(dump: Data, version: String) throws -> String {
    var page = ManualPage(root: try JSONDecoder().decode(Dump.self, from: dump).command, version: version)
    page.write()
    return page.lines.joined(separator: "\n") + "\n"
  }

  private init(root: Command, version: String) {
    self.root = root
    self.version = version
  }

  private mutating func write() {
    lines.append(".TH IMSTRACE 1 \"\" \"imstrace \(version)\" \"User Commands\"")
    section("NAME")
    lines.append("imstrace \\- registrations, calls and their failures in packet captures of an IMS core")
    section("SYNOPSIS")
    let commands = (root.subcommands ?? []).filter { $0.shouldDisplay != false && $0.commandName != "help" }
    for command in commands {
      lines.append(".B imstrace \(plain(command.commandName))")
      lines.append(
        "[options] " + (command.arguments ?? []).filter { $0.kind == "positional" }.map(synopsis).joined(separator: " ")
      )
      lines.append(".br")
    }
    lines.removeLast()
    section("DESCRIPTION")
    text(root.abstract)
    lines.append(".PP")
    text(root.discussion)
    section("COMMANDS")
    for command in commands {
      lines.append(".SS \(plain(command.commandName))")
      text(command.abstract)
      for argument in command.arguments ?? [] where argument.shouldDisplay { write(argument) }
      lines.append(".PP")
      text(command.discussion)
    }
    section("ENVIRONMENT")
    for (name, meaning) in [
      ("NO_COLOR", "Where it is set, nothing is coloured."),
      ("COLUMNS", "The width of text output; without it that of the terminal, else 80."),
      ("TMPDIR", "Where records that wait for the end of a report, and a copy of standard input, are kept."),
    ] {
      lines += [".TP", ".B \(name)", plain(meaning)]
    }
    section("EXIT STATUS")
    for (status, meaning) in [
      ("0", "Done; also where a capture was cut short and read as far as it goes."),
      ("1", "Something that --fail-on names was found."),
      ("2", "Bad usage, or an input that cannot be read."),
      ("3", "The output could not be written."),
    ] {
      lines += [".TP", ".B \(status)", plain(meaning)]
    }
    section("SEE ALSO")
    lines.append(".BR tshark (1),\n.BR tcpdump (1),\n.BR pcap-filter (7)")
  }

  private mutating func section(_ title: String) {
    lines.append(".SH \(title)")
  }

  private mutating func write(_ argument: Argument) {
    let value = argument.valueName.map { "\\fI\(plain($0))\\fR" } ?? ""
    let names = (argument.names ?? []).map { name in
      "\\fB" + plain((name.kind == "long" ? "--" : "-") + name.name) + "\\fR"
    }
    lines.append(".TP")
    switch argument.kind {
    case "positional": lines.append(value)
    case "flag": lines.append(names.joined(separator: ", "))
    default: lines.append(names.joined(separator: ", ") + " " + value)
    }
    var words = argument.abstract ?? ""
    if let initial = argument.defaultValue, argument.kind == "option" { words += " Default: \(initial)." }
    lines.append(plain(words.isEmpty ? "No more is said." : words))
  }

  private func synopsis(_ argument: Argument) -> String {
    let name = "\\fI\(plain(argument.valueName ?? "value"))\\fR" + (argument.isRepeating ? "..." : "")
    return argument.isOptional ? "[\(name)]" : name
  }

  /// Paragraphs; what is indented stands as it is.
  private mutating func text(_ text: String?) {
    guard let text, !text.isEmpty else { return }
    var isExample = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let indented = line.hasPrefix("  ")
      if indented != isExample { lines.append(indented ? ".nf\n.RS 4" : ".RE\n.fi") }
      isExample = indented
      lines.append(line.isEmpty ? ".PP" : plain(indented ? String(line.dropFirst(2)) : String(line)))
    }
    if isExample { lines.append(".RE\n.fi") }
  }

  /// Text without what troff would take for its own.
  private func plain(_ text: String) -> String {
    var plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    if plain.hasPrefix(".") || plain.hasPrefix("'") { plain = "\\&" + plain }
    return plain
  }
}
