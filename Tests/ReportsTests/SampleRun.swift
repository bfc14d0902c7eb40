import CaptureFacts
import SIPMessages
import ServiceStatistics

@testable import Reports
@testable import SubscriberTimelines

/// A small network with one registration, one call, one subscription and one finding, built by hand.
struct SampleRun {
  static let start = Timestamp(nanoseconds: 1_790_000_000_123_456_789)

  var timelines: SubscriberTimelines
  let user, otherUser, proxy, interrogating, serving, subscriberServer: NodeHandle
  let subscriber, otherSubscriber: SubscriberHandle

  init() {
    var timelines = SubscriberTimelines()
    func node(_ address: UInt32, _ port: UInt16, _ behaviour: NodeBehaviour) -> NodeHandle {
      let endpoint = Endpoint(address: IPAddress(v4: 0x0a2e_0000 | address), port: port)
      let handle = timelines.nodes.node(at: endpoint, isOwn: true)
      timelines.nodes.note(behaviour, of: handle, frame: FrameReference(number: 1))
      return handle
    }
    user = node(0x0101, 5060, .registersItself)
    proxy = node(0x000a, 5060, .addsPath)
    interrogating = node(0x000b, 4060, .sendsUserAuthorization)
    serving = node(0x000c, 6060, .sendsMultimediaAuth)
    subscriberServer = node(0x000d, 3868, .answersCx)
    otherUser = node(0x0102, 5060, .registersItself)
    subscriber = timelines.subscribers.noteIdentity("sip:001010000000001@ims.example", isPrivate: false)
    otherSubscriber = timelines.subscribers.noteIdentity("tel:+15550002", isPrivate: false)
    self.timelines = timelines
  }

  func time(_ milliseconds: Int64) -> Timestamp { SampleRun.start.advanced(byNanoseconds: milliseconds * 1_000_000) }

  func event(
    _ milliseconds: Int64, _ frame: UInt64, _ from: NodeHandle, _ to: NodeHandle, _ kind: TimelineEvent.Kind,
    isRetransmission: Bool = false, copies: UInt16 = 0
  ) -> TimelineEvent {
    TimelineEvent(
      time: time(milliseconds), frame: FrameReference(number: frame), from: from, to: to, transport: .udp, kind: kind,
      isRetransmission: isRetransmission, copies: copies, fingerprint: frame, mark: 0)
  }

  func leg(_ from: NodeHandle, _ to: NodeHandle, callID: String, status: UInt16?, frames: [UInt64]) -> Leg {
    Leg(
      from: from, to: to, callID: callID, transport: .udp, interface: "Mw", start: time(0), status: status,
      answerTime: status == nil ? nil : 12_345_678, frames: frames.map { FrameReference(number: $0) })
  }

  func exchange(
    _ command: String, _ code: UInt32, at milliseconds: Int64, frames: (UInt64, UInt64?),
    result: DiameterExchange.Result?, name: String?, from: NodeHandle
  ) -> DiameterExchange {
    var details = DiameterDetails()
    details.add(.sessionID, "icscf;1;2")
    details.add(.publicIdentities, "sip:a@ims.example", as: .element)
    details.add(.userAuthorizationType, number: 0)
    return DiameterExchange(
      interface: "Cx", command: command, commandCode: code, applicationID: 16_777_216, from: from,
      to: subscriberServer, start: time(milliseconds), requestFrame: FrameReference(number: frames.0),
      answerFrame: frames.1.map { FrameReference(number: $0) },
      frames: [frames.0, frames.1].compactMap { $0.map { FrameReference(number: $0) } },
      answerTime: frames.1 == nil ? nil : 3_500_000, result: result, resultName: name, retransmissions: 0, hops: [],
      joinedBy: .identityNodeTime,
      details: details)
  }

  /// A registration of `subscriber`; one that `isRejected` fails as UAA 5001 makes it fail.
  func registration(_ number: UInt64 = 1, isRejected: Bool = false, userAgent: String = "phone") -> Registration {
    let frames: [UInt64] = [1, 2, 3, 4, 5, 6, 7, 8]
    return Registration(
      id: RecordIdentifier(kind: .registration, hash: number), subscriber: subscriber, kind: .initial,
      isEmergency: false, outcome: isRejected ? .rejected : .accepted, status: isRejected ? 403 : 200, challenges: 1,
      start: time(0), end: time(2_100), duration: 2_100_000_000, privateIdentity: "001010000000001@ims.example",
      publicIdentity: "sip:001010000000001@ims.example", contact: "<sip:10.46.1.1:5060>", requestedExpiry: 3600,
      grantedExpiry: isRejected ? nil : 3240, accessNetwork: nil, visitedNetwork: "ims.example", userAgent: userAgent,
      instance: nil, servingCSCF: "sip:scscf.ims.example:6060", authenticationScheme: "AKAv1-MD5", serviceRoute: [],
      associatedIdentities: [], deRegistrationReason: nil,
      legs: [
        leg(user, proxy, callID: "reg-1@ue", status: 200, frames: [1, 2, 8]),
        leg(proxy, interrogating, callID: "reg-1@ue", status: nil, frames: [3]),
      ],
      diameter: [
        exchange(
          "UAR", 300, at: 20, frames: (4, 5),
          result: isRejected ? .experimental(vendor: 10415, code: 5001) : .experimental(vendor: 10415, code: 2001),
          name: isRejected ? "DIAMETER_ERROR_USER_UNKNOWN" : "DIAMETER_FIRST_REGISTRATION", from: interrogating)
      ],
      events: [
        event(0, 1, user, proxy, .request(.register)),
        event(5, 2, user, proxy, .request(.register), isRetransmission: true),
        event(10, 3, proxy, interrogating, .request(.register), copies: 1),
        event(20, 4, interrogating, subscriberServer, .diameterRequest(command: 300, application: 16_777_216)),
        event(
          24, 5, subscriberServer, interrogating,
          .diameterAnswer(
            command: 300, application: 16_777_216, result: .experimental(vendor: 10415, code: 2001))),
        event(30, 6, interrogating, serving, .request(.register)),
        event(40, 7, proxy, user, .response(status: 401, method: .register)),
        event(2_100, 8, proxy, user, .response(status: isRejected ? 403 : 200, method: .register)),
      ],
      frames: frames.map { FrameReference(number: $0) },
      cause: isRejected
        ? Cause(
          rule: "user_unknown", text: "HSS 10.46.0.13:3868 does not know the subscriber (UAA 5001)",
          frames: [FrameReference(number: 5)], isDetermined: true) : nil)
  }

  func call(_ number: UInt64 = 2, outcome: CallOutcome = .answered, status: UInt16? = 200, open: Bool = false) -> Call {
    Call(
      id: RecordIdentifier(kind: .call, hash: number), callerSubscriber: subscriber,
      calleeSubscriber: otherSubscriber, caller: "sip:001010000000001@ims.example", callee: "tel:+15550002",
      calleeIdentity: nil, outcome: outcome, status: status, isOpenAtEnd: open, beganBeforeCapture: false,
      isEmergency: false, start: time(3_000), end: time(9_000), ringingTime: outcome == .answered ? 100_000_000 : nil,
      answerTime: outcome == .answered ? 1_000_000_000 : nil,
      talkTime: outcome == .answered && !open ? 4_000_000_000 : nil, releasedBy: .caller, challenges: 0,
      chargingIdentifier: "icid-1", dialogs: [Dialog(callID: "call-1@ue", joinedBy: .callID, confidence: 1)],
      legs: [leg(user, proxy, callID: "call-1@ue", status: status, frames: [10, 11])], diameter: [],
      media: [MediaStream(from: "10.46.1.1:4000", to: "10.46.0.14:30000", mediaType: "audio", codec: "PCMA/8000")],
      events: [
        event(3_000, 10, user, proxy, .request(.invite)),
        event(3_100, 11, proxy, user, .response(status: 180, method: .invite)),
        event(4_000, 12, proxy, user, .response(status: status ?? 100, method: .invite)),
        event(4_001, 13, proxy, otherUser, .request(.bye)),
        event(8_000, 14, user, proxy, .request(.bye)),
        event(8_050, 15, proxy, user, .response(status: 200, method: .bye)),
      ], frames: [10, 11, 12, 13, 14, 15].map { FrameReference(number: $0) }, cause: nil)
  }

  func messaging(_ number: UInt64 = 3) -> MessagingRecord {
    MessagingRecord(
      id: RecordIdentifier(kind: .messaging, hash: number), subscriber: subscriber, method: .subscribe,
      eventPackage: "reg", contentType: nil, from: "sip:001010000000001@ims.example",
      to: "sip:001010000000001@ims.example", status: 200, outcome: .accepted, start: time(2_500), end: time(2_600),
      legs: [leg(user, proxy, callID: "sub-1@ue", status: 200, frames: [9])], diameter: [],
      events: [event(2_500, 9, user, proxy, .request(.subscribe))], frames: [FrameReference(number: 9)])
  }

  func finding(_ severity: Finding.Severity = .warning) -> Finding {
    Finding(
      rule: "peer_silent", severity: severity, text: "HSS 10.46.0.13:3868 left DWR unanswered",
      frames: [FrameReference(number: 20)], about: [], time: time(9_500))
  }

  /// What correlation emits for the cause of a failed registration.
  func failure(_ text: String = "HSS 10.46.0.13:3868 does not know the subscriber (UAA 5001)") -> Finding {
    Finding(
      rule: "user_unknown", severity: .error, text: text, frames: [FrameReference(number: 5)],
      about: [RecordIdentifier(kind: .registration, hash: 1)], time: time(0))
  }

  /// The records of a run in which everything occurs.
  func everything() -> [TimelineRecord] {
    [
      .registration(registration(isRejected: true)), .finding(failure()), .messaging(messaging()),
      .registration(registration(4)),
      .call(call()), .finding(finding()),
      .late(
        RecordIdentifier(kind: .call, hash: 2), event(60_000, 30, proxy, user, .response(status: 200, method: .bye))),
    ]
  }

  /// Feeds `records` to `report`, then what is known at the end.
  func run<Report: ReportWriter>(_ records: [TimelineRecord], into report: inout Report) throws {
    var timelines = timelines
    var statistics = ServiceStatistics()
    for record in records {
      report.receive(record, nodes: timelines.nodes, subscribers: timelines.subscribers)
      statistics.count(record)
      guard let id = record.id else { continue }
      for handle in record.subscriberHandles { timelines.subscribers.note(id, of: handle) }
    }
    noteTransport(&timelines)
    let lonely = exchange("PPR", 305, at: 9_000, frames: (19, nil), result: nil, name: nil, from: subscriberServer)
    timelines.subscribers.note(lonely, of: subscriber)
    // What comes to light last: both are one subscriber.
    timelines.subscribers.merge(subscriber, otherSubscriber)
    statistics.countUnplacedExchanges(of: timelines.subscribers)
    var coverage = Coverage()
    coverage.sipMessages = 14
    coverage.anomalies.record(.protocolNotDecoded, at: .ipv4, frame: FrameReference(number: 7), detail: 89)
    let file = CaptureSummary.File(
      name: "core.pcap", format: "pcap", frameCount: 30, bytes: 9_000, firstTime: SampleRun.start,
      lastTime: time(60_000))
    try report.finish(
      ReportSummary(
        capture: CaptureSummary(files: [file]), nodes: timelines.nodes, subscribers: timelines.subscribers,
        transport: timelines.transport, statistics: statistics, coverage: coverage))
  }

  /// An association, an incident and a Diameter connection with all that can be known of them.
  private func noteTransport(_ timelines: inout SubscriberTimelines) {
    let ends = [
      Endpoint(address: IPAddress(v4: 0x0a00_0003), port: 36000),
      Endpoint(address: IPAddress(v4: 0x0a00_0004), port: 3868),
    ]
    let flow = Flow(source: ends[0], destination: ends[1], transport: .sctp)
    let frame = FrameReference(number: 3)
    var health = SCTPAssociationHealth(slot: 0, flow: flow, time: SampleRun.start, frame: frame)
    health.paths = [SCTPAssociationHealth.Path(flow: flow, isFromOpener: true)]
    health.opener.count(payloadProtocol: 46)
    health.ending = .aborted(cause: 12)
    health.endingFrame = frame
    timelines.receive(health)
    for kind: TransportEvent.Kind in [.connectionRefused, .unreachable(type: 3, code: 1), .heartbeatUnanswered] {
      timelines.receive(TransportEvent(kind: kind, flow: flow, time: SampleRun.start, frame: frame))
    }
    guard
      let place = timelines.transport.peers.place(
        flow, from: subscriberServer, to: subscriberServer, at: SampleRun.start)
    else { return }
    timelines.transport.peers[place].peer.capabilitiesRequestFrame = frame
    timelines.transport.peers[place].peer.capabilitiesResult = 5010
    timelines.transport.peers[place].peer.client.originHost = "icscf.ims.example"
    timelines.transport.peers[place].peer.client.applications = [16_777_216, 4_294_967_295, 99]
    timelines.transport.peers[place].peer.server.longestSilence = 12_000_000
    timelines.transport.peers[place].peer.disconnect = DiameterPeer.Disconnect(
      isByClient: true, cause: 1, requestFrame: frame)
  }
}
