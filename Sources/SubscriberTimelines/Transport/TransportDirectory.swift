import CaptureFacts

/// What is known of the transport below the messages: SCTP associations, connections in trouble, Diameter peers.
public struct TransportDirectory: Sendable {
  /// How many associations are kept for the report: one for each peer, and those of other protocols beside.
  static let associationLimit = 4096

  /// How many different incidents are kept: kind, two hosts and a port tell them apart.
  static let incidentLimit = 4096

  /// The ports of other protocols that nodes of a network speak: DNS, HTTP and HTTPS (Ut, XCAP), and over SCTP M3UA,
  /// S1AP, X2AP, NGAP, XnAP, E1AP and F1AP (the registry of IANA).
  private static let foreignPorts: Set<UInt16> = [
    53, 80, 443, 2905, 36412, 36422, 38412, 38422, 38462, 38472,
  ]

  /// The ports that belong to SIP (RFC 3261 section 19.1.2) and Diameter (RFC 6733 section 11.4).
  private static let signallingPorts: Set<UInt16> = [5060, 5061, 3868, 5868]

  private struct Key: Hashable {
    var kind: TransportIncident.Kind
    var code: UInt16
    var from: IPAddress
    var to: Endpoint
    var transport: TransportProtocol
  }

  /// The associations that are over, or were when the input ended, in order of their end.
  public private(set) var associations: [SCTPAssociationHealth] = []
  /// Incidents in order of their beginning.
  public private(set) var incidents: [TransportIncident] = []
  var peers = DiameterPeerTable()
  var journal = TransportJournal()
  private struct Host: Hashable {
    var address: IPAddress
    var kind: TransportIncident.Kind
  }

  private var places: [Key: Int] = [:]
  /// How many findings there are about a host; as many hosts as incidents have.
  private var findings: [Host: Int] = [:]
  /// The latest time seen.
  var now = Timestamp(nanoseconds: .min)

  init() {}

  /// The Diameter connections, in order of their first message.
  public var diameterPeers: [DiameterPeer] { peers.states.map { $0.materialised(at: now) } }

  /// Keeps what an association went through. Returns whether there was room.
  mutating func note(_ health: SCTPAssociationHealth) -> Bool {
    guard associations.count < TransportDirectory.associationLimit else { return false }
    associations.append(health)
    return true
  }

  /// What became of an event.
  enum Noted {
    /// It is part of the incident at this place.
    case incident(Int)
    /// It is evidence, and no incident by itself.
    case evidence
    /// There was no room for its incident.
    case noRoom
  }

  /// Keeps an event that concerns signalling: for a while for causes, and as an incident.
  mutating func note(_ event: TransportEvent) -> Noted {
    journal.note(event)
    var code: UInt16 = 0
    guard let kind = TransportIncident.Kind(event.kind, code: &code) else { return .evidence }
    let key = Key(
      kind: kind, code: code, from: event.flow.source.address, to: event.flow.destination,
      transport: event.flow.transport)
    if let place = places[key] {
      incidents[place].add(event)
      return .incident(place)
    }
    guard incidents.count < TransportDirectory.incidentLimit else { return .noRoom }
    incidents.append(TransportIncident(kind, code: code, event))
    places[key] = incidents.count - 1
    return .incident(incidents.count - 1)
  }

  /// Whether there is room for one more finding of this kind about the hosts of an incident; counts it where there is.
  mutating func admitsFinding(about incident: TransportIncident) -> Bool {
    let hosts = [incident.from, incident.to.address].map { Host(address: $0, kind: incident.kind) }
    guard hosts.allSatisfy({ findings[$0, default: 0] < SubscriberTimelines.findingsPerHost }) else { return false }
    for host in hosts { findings[host, default: 0] += 1 }
    return true
  }

  /// Marks an incident as being, or becoming, a finding.
  mutating func announce(_ place: Int) {
    incidents[place].isAnnounced = true
  }

  /// Whether what happened on this way may concern SIP or Diameter: what the capture shows beside them is not of
  /// interest.
  static func concernsSignalling(_ flow: Flow, _ nodes: NodeDirectory) -> Bool {
    let source = nodes.known(at: flow.source)
    let destination = nodes.known(at: flow.destination)
    if signallingPorts.contains(flow.destination.port) || signallingPorts.contains(flow.source.port) {
      return source != nil || destination != nil || flow.destination.port == 3868 || flow.transport == .sctp
    }
    if foreignPorts.contains(flow.destination.port) || foreignPorts.contains(flow.source.port) { return false }
    if let destination, nodes.listens(destination, at: flow.destination) { return true }
    if let source, nodes.listens(source, at: flow.source) { return true }
    switch flow.transport {
    case .sctp: return source != nil || destination != nil
    // Media go between nodes, too.
    case .udp: return false
    default: return source != nil && destination != nil
    }
  }
}
