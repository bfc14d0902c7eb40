import ArgumentParser
import Glibc

/// The command.
@main
struct IMSTrace: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "imstrace",
    abstract: "Tells from a packet capture of an IMS core who registered, who called whom, and how it ended.",
    discussion: """
      Examples:
        imstrace core.pcapng                           overview of a capture
        imstrace analyze --format json a.pcap b.pcap   two captures, merged by time
        tcpdump -w - | imstrace analyze -              from standard input
        imstrace registrations --format csv core.pcapng
        imstrace show 15550001 core.pcapng             all of one subscriber
        imstrace messages -Y 'method == UAR' core.pcapng
        imstrace export --output core core.pcapng      a JSON file for each call, registration, subscriber
        imstrace live -i eth0 -c 1000                  from an interface

      Exit status: 0 done; 1 what --fail-on names was found; 2 bad usage or
      unreadable input; 3 the output could not be written.
      """,
    version: "0.1.0",
    subcommands: [
      AnalyzeCommand.self, ShowCommand.self, RegistrationsCommand.self, CallsCommand.self, SubscribersCommand.self,
      NodesCommand.self, MessagingCommand.self, MediaCommand.self, MessagesCommand.self, ExportCommand.self,
      CorrelateCommand.self, LiveCommand.self,
    ],
    defaultSubcommand: AnalyzeCommand.self)

  static func main() {
    // A closed pipe is noticed by the write that fails (EPIPE).
    _ = signal(SIGPIPE, SIG_IGN)
    // So is a file that may not grow further (EFBIG).
    _ = signal(SIGXFSZ, SIG_IGN)
    var arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.isEmpty { arguments = ["--help"] }
    do {
      var command = try command(arguments)
      try command.run()
    } catch {
      end(with: error)
    }
  }

  /// The command that the arguments ask for. It is asked itself first: to go through the tree of all commands is an
  /// eighth of a run on a short capture. What it does not take as its own, the tree tells.
  private static func command(_ arguments: [String]) throws -> any ParsableCommand {
    let named = configuration.subcommands.first { $0.configuration.commandName == arguments.first }
    if named != nil || arguments.first != "help" {
      let asked = named ?? AnalyzeCommand.self
      let command = try? asked.parseAsRoot(Array(arguments.dropFirst(named == nil ? 0 : 1)))
      // Help is a command of its own.
      if let command, type(of: command) == asked { return command }
    }
    return try parseAsRoot(arguments)
  }

  /// Ends the process as the error asks: help and version to standard output, one line for everything else to standard
  /// error.
  private static func end(with error: any Error) -> Never {
    let ending =
      error as? CommandEnding
      ?? (exitCode(for: error) == .success
        ? CommandEnding(status: 0, page: fullMessage(for: error))
        : CommandEnding(status: 2, line: message(for: error) + "; see imstrace --help"))
    if let page = ending.page { print(page) }
    if let line = ending.line { StandardError.write(line: line) }
    for line in ending.excerpt { StandardError.write(line: line) }
    Glibc.exit(ending.status)
  }
}
