import ArgumentParser
import CaptureAnalysis

/// What opens ESP that the capture alone does not.
struct KeyArguments: ParsableArguments {
  @Option(
    name: .customLong("keys"),
    help: ArgumentHelp(
      "A capture with the Cx of the registrations, whose keys open ESP; nothing else of it is used. May be repeated.",
      valueName: "file"),
    completion: .file())
  var captures: [String] = []

  @Option(
    name: .customLong("esp-sa"),
    help: ArgumentHelp(
      "Security associations in the form of Wireshark's esp_sa; may be repeated.", valueName: "file"),
    completion: .file())
  var associations: [String] = []

  /// Whether there are any.
  var areGiven: Bool { !captures.isEmpty || !associations.isEmpty }

  /// Hands them to the analysis.
  func apply(to options: inout AnalysisOptions) {
    options.keyCaptures = captures
    options.securityAssociationFiles = associations
  }
}
