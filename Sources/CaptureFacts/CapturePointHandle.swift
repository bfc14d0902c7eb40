/// Stands for a `CapturePoint` in two bytes: its place in the directory of the run.
public struct CapturePointHandle: RawRepresentable, Hashable, Comparable, Sendable {
  /// The place, from 0, in the order in which points were first seen.
  public var rawValue: UInt16

  /// Names the point at this place.
  @inlinable
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// The point that was seen first.
  public static let first = CapturePointHandle(rawValue: 0)

  /// Points are ordered as they were first seen.
  @inlinable
  public static func < (left: CapturePointHandle, right: CapturePointHandle) -> Bool {
    left.rawValue < right.rawValue
  }
}
