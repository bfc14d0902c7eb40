/// What a source brought when it was asked for the next frame.
public enum CaptureStep: Hashable, Sendable {
  /// There is a frame.
  case frame
  /// None came within about a second; more may. Only live sources answer so: time to move packet time on.
  case idle
  /// Nothing follows.
  case end
}
