import ArgumentParser

@main
struct SampleTrafficCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "sampletraffic")
}
