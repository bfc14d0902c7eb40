import ArgumentParser
import Reports

/// What an HTML report holds.
struct PageArguments: ParsableArguments {
  @Option(
    name: .customLong("html-messages"),
    help: "Whose messages an HTML report holds in full: findings (and the first others), all, or none.")
  var messages = EmbeddedMessages.findings
}

extension EmbeddedMessages: ExpressibleByArgument {}
