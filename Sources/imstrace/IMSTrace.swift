import ArgumentParser

@main
struct IMSTrace: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "imstrace")
}
