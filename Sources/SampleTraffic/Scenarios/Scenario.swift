/// A named script of known truth.
public struct Scenario: Sendable {
  /// The name on the command line: lower case words with underscores.
  public let name: String

  /// One sentence: what happens.
  public let summary: String

  let script: @Sendable (inout Stage) -> Void

  init(_ name: String, _ summary: String, script: @escaping @Sendable (inout Stage) -> Void) {
    self.name = name
    self.summary = summary
    self.script = script
  }

  /// The scenario with this name.
  public static func named(_ name: String) -> Scenario? {
    all.first { $0.name == name }
  }

  /// Plays the scenario. The same arguments give the same bytes.
  ///
  /// - Parameters:
  ///   - seed: Where identifiers, tags and delays come from.
  ///   - lossPercent: The percentage (0 to 100) of frames that are removed at random, as an overloaded capture
  ///     point loses them.
  ///   - hasCopies: Whether each frame is captured a second time within 1 ms.
  ///   - format: The form of the files.
  public func play(
    seed: UInt64 = 1, lossPercent: Int = 0, hasCopies: Bool = false, format: CaptureFileFormat = .pcap
  ) -> GeneratedCapture {
    var stage = Stage(scenario: name, seed: seed, lossPercent: lossPercent)
    script(&stage)
    stage.capture.hasCopies = stage.capture.hasCopies || hasCopies
    return CaptureComposer(stage: stage, format: format).compose()
  }
}
