/// What a scenario yields.
public struct GeneratedCapture: Sendable {
  /// The capture files, one for each capture point; their frames are numbered as merged by time.
  public var files: [[UInt8]]

  /// What is true of them.
  public var truth: ScenarioTruth
}
