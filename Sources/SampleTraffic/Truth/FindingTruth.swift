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
  }

  /// What it is.
  public var kind: Kind
  /// Where the node listens of which it is true.
  public var node: String
  /// How many requests, answers or attempts it is about.
  public var count: Int
}
