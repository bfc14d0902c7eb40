import CaptureFacts

/// The nodes of an IMS core, where they are, and how they behave where cores differ.
struct CoreNetwork {
  /// How the CSCFs talk to each other.
  enum SIPTransport {
    /// UDP, and TCP for requests larger than 1300 bytes (RFC 3261 section 18.1.1).
    case bySize
    /// UDP always, in IP fragments where needed.
    case datagrams
    /// TCP always.
    case connections
  }

  static let homeDomain = "ims.mnc001.mcc001.3gppnetwork.org"

  var domain = homeDomain
  var proxy: Node
  var interrogating: Node
  var serving: Node
  var homeServer: Node
  /// The Diameter agents between the CSCFs and the HSS, in the order in which requests pass them (RFC 6733 section 2.8).
  var relayAgents: [Node] = []
  /// The applications that pass the agents: Cx where nothing else is said.
  var relayedApplications: Set<UInt32> = [16_777_216]
  /// The node that tells the I-CSCF which HSS holds a subscriber.
  var subscriptionLocator: Node?
  /// Whether the last agent goes where the locator says, and not the I-CSCF (RFC 6733 section 6.1.8).
  var agentFollowsLocator = false
  var applicationServer: Node
  var policyServer: Node
  var sipTransport = SIPTransport.bySize
  var diameterTransport = TransportProtocol.tcp
  /// Whether the I-CSCF asks the HSS again for the REGISTER with credentials (TS 24.229 section 5.3.1.2), or keeps
  /// its answer across the challenge.
  var asksTwice = false
  /// Whether proxies answer requests with 100 Trying.
  var sendsTrying = true

  /// A core with one node of each kind, on addresses of its own.
  static func separateNodes(base: UInt32 = 0x0a32_0000, domain: String = homeDomain) -> CoreNetwork {
    func node(_ name: String, _ role: String, _ host: String, last: UInt32, port: UInt16) -> Node {
      Node(
        name: name, roles: [role], host: "\(host).\(domain)",
        endpoint: Endpoint(address: IPAddress(v4: base + last), port: port),
        alternates: [IPAddress(v4: base + 0x0001_0000 + last)])
    }
    return CoreNetwork(
      domain: domain, proxy: node("pcscf", "P-CSCF", "pcscf", last: 10, port: 5060),
      interrogating: node("icscf", "I-CSCF", "icscf", last: 11, port: 4060),
      serving: node("scscf", "S-CSCF", "scscf", last: 12, port: 6060),
      homeServer: node("hss", "HSS", "hss", last: 13, port: 3868),
      applicationServer: node("tas", "AS", "tas", last: 15, port: 5080),
      policyServer: node("pcrf", "PCRF", "pcrf", last: 16, port: 3868))
  }

  /// A core whose nodes all have IPv6 addresses.
  static func version6() -> CoreNetwork {
    var network = separateNodes()
    func moved(_ node: Node) -> Node {
      var node = node
      node.endpoint.address = IPAddress(
        high: 0x2001_0db8_0050_0000, low: UInt64(node.endpoint.address.v4Bits & 0xff))
      node.alternates = []
      return node
    }
    network.proxy = moved(network.proxy)
    network.interrogating = moved(network.interrogating)
    network.serving = moved(network.serving)
    network.homeServer = moved(network.homeServer)
    network.applicationServer = moved(network.applicationServer)
    network.policyServer = moved(network.policyServer)
    return network
  }

  /// A core whose nodes share one address and differ by port.
  static func singleAddress() -> CoreNetwork {
    var network = separateNodes()
    let address = network.proxy.endpoint.address
    network.interrogating.endpoint.address = address
    network.serving.endpoint.address = address
    network.homeServer.endpoint.address = address
    network.applicationServer.endpoint.address = address
    network.policyServer.endpoint.address = address
    return network
  }

  /// A node of this network that only some scenarios need.
  func additional(_ name: String, role: String, last: UInt32, port: UInt16) -> Node {
    let base = proxy.endpoint.address.v4Bits & 0xffff_ff00
    return Node(
      name: name, roles: [role], host: "\(name).\(domain)",
      endpoint: Endpoint(address: IPAddress(v4: base + last), port: port),
      alternates: [IPAddress(v4: base + 0x0001_0000 + last)])
  }

  /// The first two subscribers; where the network's SIP runs over connections, so does that of their devices.
  var callers: (Subscriber, Subscriber) {
    var users = (subscriber(1), subscriber(2))
    if sipTransport == .connections {
      users.0.equipment.edgeTransport = .tcp
      users.1.equipment.edgeTransport = .tcp
    }
    return users
  }

  /// The subscriber with this number, at home in this network, its device on an address of its own.
  func subscriber(_ number: Int, port: UInt16 = 5060) -> Subscriber {
    let digits = String(number)
    func padded(_ width: Int) -> String { String(repeating: "0", count: max(0, width - digits.count)) + digits }
    let identity = "00101" + padded(10)
    let telephone = "1555" + padded(7)
    let address: IPAddress =
      proxy.endpoint.address.isV4
      ? IPAddress(v4: 0x0a33_0000 + UInt32(number / 250) << 8 + UInt32(number % 250 + 1))
      : IPAddress(high: 0x2001_0db8_0051_0000, low: UInt64(number))
    return Subscriber(
      number: number, domain: domain,
      equipment: Node(
        name: "ue\(number)", roles: ["UE"], host: "\(address)", endpoint: Endpoint(address: address, port: port)),
      impi: "\(identity)@\(domain)", telephone: telephone, registeredIdentity: "sip:\(identity)@\(domain)",
      implicitIdentities: ["sip:\(telephone)@\(domain)", "tel:+\(telephone)"],
      instance: "urn:gsma:imei:35209900-" + String(padded(6).suffix(6)) + "-0")
  }
}
