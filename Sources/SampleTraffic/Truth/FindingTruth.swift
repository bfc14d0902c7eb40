/// What is true of a capture beyond single registrations and calls.
public struct FindingTruth: Sendable {
  /// What it is.
  public enum Kind: String, CaseIterable, Sendable {
    case sipPeerSilent = "sip_peer_silent"
    case diameterPeerSilent = "diameter_peer_silent"
    case diameterPeerBack = "diameter_peer_back"
    case retransmissionStorm = "retransmission_storm"
    case registrationLoop = "registration_loop"
    case resynchronisationLoop = "resynchronisation_loop"
    case nodeOverloaded = "node_overloaded"
    case nodeFailing = "node_failing"
    case agentCannotDeliver = "agent_cannot_deliver"
    case clockOffset = "clock_offset"
    case applicationServerNotAsked = "application_server_not_asked"
    case applicationServerFailed = "application_server_failed"
    case applicationServersOutOfOrder = "application_servers_out_of_order"
  }

  /// What it is.
  public var kind: Kind
  /// Where the node listens of which it is true, or its name in a service profile.
  public var node: String
  /// How many requests, answers or attempts it is about; nil for one.
  public var count: Int?
}
