import ArgumentParser

@main
struct SampleTrafficCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sampletraffic",
    abstract: "Write captures of an IMS core whose truth is known.",
    discussion: """
      Examples:
        sampletraffic list
        sampletraffic write answered_call call.pcap --truth call.json
        sampletraffic write thousand_subscribers load.pcap --loss 5 --seed 7
        sampletraffic attack half_open attack.pcap --packets 1000000
      """,
    subcommands: [ListCommand.self, WriteCommand.self, AttackCommand.self])
}
