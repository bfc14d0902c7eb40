import ArgumentParser
import SampleTraffic

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "Name every scenario.")

  func run() {
    let width = Scenario.all.map(\.name.count).max() ?? 0
    for scenario in Scenario.all {
      print(scenario.name + String(repeating: " ", count: width + 2 - scenario.name.count) + scenario.summary)
    }
  }
}
