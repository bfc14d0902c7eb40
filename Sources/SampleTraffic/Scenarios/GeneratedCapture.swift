/// What a scenario yields.
public struct GeneratedCapture: Sendable {
  /// The capture files, one for each capture point; their frames are numbered as merged by time.
  public var files: [[UInt8]]

  /// The security associations of what is in ESP, as rows of Wireshark's `esp_sa`.
  public var securityAssociations: [String]

  /// What is true of them.
  public var truth: ScenarioTruth
}
