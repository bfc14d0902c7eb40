/// Why an encapsulating security payload could not be opened.
public enum NotOpenedReason: UInt8, CaseIterable, Sendable {
  /// Nothing is known that would open it.
  case noKeys
  /// There are keys, and the integrity check value is not theirs.
  case integrityFailed
  /// It was cut by the snapshot length, is too short, or verifies and holds nothing that can be.
  case malformed
  /// It waited for keys and had to give way to others.
  case windowExceeded
}
