/// Which way a medium flows (RFC 3264 section 5.1), as the sender of the description sees it.
public enum SDPDirection: UInt8, Sendable {
  /// Both ways: also the meaning where nothing is said.
  case sendReceive
  /// To the receiver of the description.
  case sendOnly
  /// From the receiver of the description: a call on hold.
  case receiveOnly
  /// Neither way.
  case inactive

  /// The attribute as written.
  public var name: String {
    switch self {
    case .sendReceive: "sendrecv"
    case .sendOnly: "sendonly"
    case .receiveOnly: "recvonly"
    case .inactive: "inactive"
    }
  }
}
