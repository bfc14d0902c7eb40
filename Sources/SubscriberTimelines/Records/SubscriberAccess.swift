import CaptureFacts

/// How a subscriber was reached for a time: kept for each change.
public struct SubscriberAccess: Sendable {
  /// When a registration, or of the cell a call, first said so.
  public var time: Timestamp
  /// The first frame of that record.
  public var frame: FrameReference?
  /// P-Access-Network-Info: access type and cell.
  public var accessNetwork: String?
  /// P-Visited-Network-ID.
  public var visitedNetwork: String?
  /// User-Agent of the UE.
  public var userAgent: String?
  /// `+sip.instance` of the Contact.
  public var instance: String?
  /// The scheme by which the UE authenticated.
  public var authenticationScheme: String?

  /// Whether another one says the same.
  func isSame(as other: SubscriberAccess) -> Bool {
    accessNetwork == other.accessNetwork && visitedNetwork == other.visitedNetwork && userAgent == other.userAgent
      && instance == other.instance && authenticationScheme == other.authenticationScheme
  }

  /// Whether it says anything.
  var isEmpty: Bool {
    accessNetwork == nil && visitedNetwork == nil && userAgent == nil && instance == nil && authenticationScheme == nil
  }
}
