import CaptureFacts
import ServiceDocuments
import SubscriberTimelines

/// Records one after the other, each with header lines and its ladder.
struct TerminalPage {
  var text: TerminalText
  private let summary: ReportSummary
  let frames: FrameText
  private let points: CapturePointText
  let context: RowContext
  var isFirst = true
  private let showsAll: Bool
  private var header = RecordHeader(title: "")

  /// `showsAll` draws each retransmission as an arrow of its own.
  init(style: TerminalStyle, summary: ReportSummary, showsAll: Bool = false) {
    self.showsAll = showsAll
    text = TerminalText(style: style)
    self.summary = summary
    frames = FrameText(summary.capture)
    points = CapturePointText(summary.capture)
    context = RowContext(reader: .person, nodes: summary.nodes, subscribers: summary.subscribers)
  }

  /// What is said of a subscriber.
  mutating func header(of subscriber: Subscriber) -> RecordHeader {
    describe(subscriber)
    return header
  }

  /// What is said of a record before its messages; nil for what is none.
  mutating func header(of record: TimelineRecord) -> RecordHeader? {
    switch record {
    case .registration(let registration): describe(registration)
    case .call(let call): describe(call)
    case .messaging(let record): describe(record)
    case .finding, .late, .media: return nil
    }
    return header
  }

  /// The messages of a record, ready to be drawn.
  func ladder(of record: TimelineRecord) -> Ladder {
    var media: [MediaStream] = []
    if case .call(let call) = record { media = call.media }
    return Ladder(
      record.events, media: media, start: Timestamp(nanoseconds: record.start), nodes: summary.nodes, frames: frames,
      evidence: record.cause?.frames ?? [], showsAll: showsAll)
  }

  private mutating func describe(_ subscriber: Subscriber) {
    title("subscriber \(subscriber.id)", outcome: nil)
    field("private", subscriber.privateIdentities.joined(separator: ", "))
    field("public", subscriber.publicIdentities.joined(separator: ", "))
    field("contact", subscriber.contacts.joined(separator: ", "))
    field("imsi", subscriber.imsi)
    for access in subscriber.accesses {
      let parts = [
        access.accessNetwork, access.visitedNetwork.map { "visited \($0)" }, access.userAgent, access.instance,
        access.authenticationScheme,
      ]
      let place = access.frame.map { "frame \(frames.text($0)): " } ?? ""
      field("access", place + parts.compactMap(\.self).joined(separator: ", "))
    }
    for binding in subscriber.bindings {
      let parts = [
        "registered " + clock(binding.registered),
        binding.refreshes == 0 ? nil : "\(binding.refreshes) times refreshed, last " + clock(binding.refreshed),
        binding.ended == nil ? binding.expires.map { "until " + clock($0) } : nil,
        binding.ended.map { "ended " + clock($0) }, binding.endedBy.map { "by " + $0.rawValue },
      ]
      field("binding", binding.contact + ": " + parts.compactMap(\.self).joined(separator: ", "))
    }
    field("S-CSCF", subscriber.servingCSCF)
    field(
      "records",
      "\(subscriber.registrations.count) registrations, \(subscriber.calls.count) calls, "
        + "\(subscriber.messaging.count) messages and subscriptions")
    var profiles = ServiceProfileCache()
    guard let document = profiles.profile(of: subscriber, in: summary.subscribers),
      case .serviceSubscription(let subscription) = document.content
    else { return }
    for profile in subscription.profiles { show(profile) }
  }

  /// The profile as the HSS described it: the identities, and what the S-CSCF does with requests, in its order.
  private mutating func show(_ profile: ServiceProfile) {
    let identities = profile.publicIdentities.map { identity in
      identity.identity + (identity.isBarred ? " (barred)" : "") + (identity.isWildcarded ? " (wildcarded)" : "")
    }
    field("profile", identities.joined(separator: ", "))
    for criteria in profile.filterCriteria {
      let priority = criteria.priority.map { String($0) } ?? "?"
      let part = criteria.profilePart.map { ", \($0.name) users" } ?? ""
      let handling = criteria.defaultHandling.map { ", else \(context.word($0.name))" } ?? ""
      field("iFC", "\(priority)\(part): \(criteria.condition) -> \(criteria.applicationServer)\(handling)")
    }
    if !profile.sharedFilterCriteriaSets.isEmpty {
      let sets = profile.sharedFilterCriteriaSets.map { String($0) }.joined(separator: ", ")
      field("iFC", "shared sets \(sets)")
    }
    field("media", profile.subscribedMediaProfile.map { "profile \($0)" })
  }

  mutating func show(_ record: TimelineRecord) {
    guard let header = header(of: record) else { return }
    draw(header)
    text.endLine()
    let ladder = ladder(of: record)
    LadderDrawing(ladder, style: text.style).draw(into: &text)
    if ladder.arrows.contains(where: \.isEvidence) { text.line("* evidence of the cause", .faint) }
  }

  private mutating func describe(_ registration: Registration) {
    title(
      "registration \(registration.id)",
      outcome: (context.word(registration.outcome.rawValue), registration.outcome.tone), registration.status)
    field("kind", context.word(registration.kind.rawValue) + (registration.isEmergency ? ", emergency" : ""))
    field("public", registration.publicIdentity)
    field("private", registration.privateIdentity)
    start(registration.start, took: registration.duration, challenges: registration.challenges)
    field("contact", registration.contact)
    field("expires", expiry(registration))
    field("access", registration.accessNetwork)
    field("visited", registration.visitedNetwork)
    field("S-CSCF", registration.servingCSCF)
    field("scheme", registration.authenticationScheme)
    field("spent", registration.timeSpent.map(share).joined(separator: ", "))
    field("reason", registration.deRegistrationReason)
    applicationServers(registration.applicationServers)
    bodies(registration.bodies)
    field("seen at", points.text(of: registration.observedAt))
    comments(of: registration.frames)
    cause(registration.cause)
  }

  private mutating func describe(_ call: Call) {
    title("call \(call.id)", outcome: (context.word(call.outcome.rawValue), call.outcome.tone), call.status)
    field("caller", call.caller)
    field("callee", call.callee + (call.calleeIdentity.map { " (\($0))" } ?? ""))
    start(call.start, took: nil, challenges: call.challenges)
    let times = [
      call.ringingTime.map { "rang after " + DurationText.text($0) },
      call.answerTime.map { "answered after " + DurationText.text($0) },
      call.talkTime.map { "talked " + DurationText.text($0) },
      call.releasedBy.map { "released by the " + $0.rawValue },
      call.isOpenAtEnd ? "still open at the end of the capture" : nil,
      call.beganBeforeCapture ? "began before the capture" : nil,
      call.isEmergency ? "emergency" : nil,
    ]
    field("times", times.compactMap(\.self).joined(separator: ", "))
    story(of: call, nodes: summary.nodes)
    related(call.related)
    sessions(call.sessions)
    media(call.media, since: call.start)
    applicationServers(call.applicationServers)
    bodies(call.bodies)
    field("seen at", points.text(of: call.observedAt))
    comments(of: call.frames)
    cause(call.cause)
  }

  private mutating func describe(_ record: MessagingRecord) {
    let event = record.eventPackage.map { " " + $0 } ?? ""
    title(
      record.method.name + event + " \(record.id)",
      outcome: (context.word(record.outcome.rawValue), record.outcome.tone), record.status)
    field("from", record.from)
    field("to", record.to)
    start(record.start, took: nil, challenges: 0)
    field("content", record.contentType)
    if let message = record.shortMessage { field("sms", sentence(of: message)) }
    subscription(record.subscription)
    field("access", record.accessNetwork)
    related(record.related)
    applicationServers(record.applicationServers)
    bodies(record.bodies)
    field("seen at", points.text(of: record.observedAt))
    comments(of: record.frames)
  }

  private mutating func title(_ name: String, outcome: (String, Tone)?, _ status: UInt16? = nil) {
    header = RecordHeader(title: name)
    guard let (word, tone) = outcome else { return }
    let code = status.map { " \($0)" + (SIPReasonPhrase.phrase(of: $0).map { " " + $0 } ?? "") }
    header.outcome = word + (code ?? "")
    header.tone = tone
  }

  private mutating func start(_ time: Timestamp, took duration: Int64?, challenges: Int) {
    var bytes: [UInt8] = []
    bytes.appendTime(time)
    var line = String(decoding: bytes, as: UTF8.self)
    if let duration { line += ", took " + DurationText.text(duration) }
    if challenges > 0 { line += challenges == 1 ? ", challenged once" : ", challenged \(challenges) times" }
    field("start", line)
  }

  /// `S-CSCF 10.0.0.3:6060 4 ms and 2 ms over Diameter`.
  private func share(_ time: NodeTime) -> String {
    let name = summary.nodes.givenName(of: time.node) ?? summary.nodes.id(of: time.node)
    let roles = summary.nodes.roles(of: time.node).map(\.name).joined(separator: "/")
    return [
      roles.isEmpty ? name : roles + " " + name, DurationText.text(time.own),
      time.diameter == 0 ? nil : "and " + DurationText.text(time.diameter) + " over Diameter",
    ].compactMap(\.self).joined(separator: " ")
  }

  private func clock(_ time: Timestamp) -> String {
    var bytes: [UInt8] = []
    bytes.appendTime(time)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func expiry(_ registration: Registration) -> String? {
    let parts = [
      registration.requestedExpiry.map { "\($0) s asked" }, registration.grantedExpiry.map { "\($0) s granted" },
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  private mutating func comments(of numbers: [FrameReference]) {
    for comment in summary.capture.comments.comments(of: numbers) {
      field("comment", "frame \(frames.text(comment.frame)): \(comment.text)")
    }
  }

  private mutating func cause(_ cause: Cause?) {
    guard let cause else { return }
    field("cause", cause.sentence(naming: frames.text), cause.isDetermined ? .bad : .caution)
  }

  mutating func field(_ name: String, _ value: String?, _ tone: Tone = .plain) {
    guard let value, !value.isEmpty else { return }
    header.fields.append(RecordHeader.Field(name: name, value: value, tone: tone))
  }
}
