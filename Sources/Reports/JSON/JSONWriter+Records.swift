import SubscriberTimelines

/// The members of each kind of record, without the braces: a report adds what it needs to tell them apart.
extension JSONWriter {
  mutating func members(of registration: Registration, _ names: HandleNames) {
    member("id", registration.id)
    member("subscriber", registration.subscriber, names)
    member("kind", registration.kind.rawValue)
    member("emergency", registration.isEmergency)
    member("outcome", registration.outcome.rawValue)
    member("status", registration.status)
    member("challenges", registration.challenges)
    member("start", registration.start)
    member("duration_ms", milliseconds: registration.duration)
    member("impi", registration.privateIdentity)
    member("impu", registration.publicIdentity)
    member("contact", registration.contact)
    member("expires_requested_s", registration.requestedExpiry)
    member("expires_granted_s", registration.grantedExpiry)
    member("access_network", registration.accessNetwork)
    member("visited_network", registration.visitedNetwork)
    member("user_agent", registration.userAgent)
    member("instance", registration.instance)
    member("imei", registration.instance.flatMap(EquipmentIdentity.imei))
    member("s_cscf", registration.servingCSCF)
    member("authentication_scheme", registration.authenticationScheme)
    member(registration.security)
    memberIfAny("path", registration.path)
    memberIfAny("service_route", registration.serviceRoute)
    memberIfAny("associated_uris", registration.associatedIdentities)
    member("de_registered_by", registration.deRegisteredBy)
    member("de_registration_reason", registration.deRegistrationReason)
    member("frames", registration.frames)
    member("legs", each: registration.legs) { $0.object($1, names) }
    member("diameter", each: registration.diameter) { $0.object($1, names) }
    if !registration.timeSpent.isEmpty {
      member("time_spent", each: registration.timeSpent) { json, time in
        json.beginObject()
        json.member("node", time.node, names)
        json.member("own_ms", milliseconds: time.own)
        json.member("diameter_ms", milliseconds: time.diameter)
        json.endObject()
      }
    }
    applicationServers(registration.applicationServers, names)
    bodies(registration.bodies)
    member("observed_at", registration.observedAt)
    member("correlation_id", registration.correlationIdentifier)
    cause(registration.cause)
  }

  mutating func members(of call: Call, _ names: HandleNames) {
    member("id", call.id)
    member("caller_subscriber", call.callerSubscriber, names)
    member("callee_subscriber", call.calleeSubscriber, names)
    member("caller", call.caller)
    member("callee", call.callee)
    member("callee_identity", call.calleeIdentity)
    member("emergency", call.isEmergency)
    member("service", call.service.rawValue)
    memberIfAny("features", call.features)
    member("outcome", call.outcome.rawValue)
    member("status", call.status)
    member("challenges", call.challenges)
    member("open_at_end", call.isOpenAtEnd)
    member("began_before_capture", call.beganBeforeCapture)
    member("start", call.start)
    member("ringing_ms", milliseconds: call.ringingTime)
    member("answer_ms", milliseconds: call.answerTime)
    member("talk_ms", milliseconds: call.talkTime)
    member("released_by", call.releasedBy?.rawValue)
    member("icid", call.chargingIdentifier)
    member("access_network", call.accessNetwork)
    member("callee_access_network", call.calleeAccessNetwork)
    member("visited_network", call.visitedNetwork)
    story(of: call, names)
    member("frames", call.frames)
    member("legs", each: call.legs) { $0.object($1, names) }
    dialogs(call.dialogs)
    related(call.related)
    member("diameter", each: call.diameter) { $0.object($1, names) }
    applicationServers(call.applicationServers, names)
    bodies(call.bodies)
    if !call.sessions.isEmpty { member("sessions", each: call.sessions) { $0.object($1) } }
    member("media", each: call.media) { $0.object($1, names) }
    member("observed_at", call.observedAt)
    member("correlation_id", call.correlationIdentifier)
    cause(call.cause)
  }

  mutating func members(of record: MessagingRecord, _ names: HandleNames) {
    member("id", record.id)
    member("subscriber", record.subscriber, names)
    member("recipient_subscriber", record.recipientSubscriber, names)
    member("method", record.method.name)
    member("service", record.service.rawValue)
    member("event_package", record.eventPackage)
    member("content_type", record.contentType)
    member("from", record.from)
    member("to", record.to)
    member("outcome", record.outcome.rawValue)
    member("status", record.status)
    member("start", record.start)
    member("duration_ms", milliseconds: record.end.nanoseconds(since: record.start))
    member("frames", record.frames)
    member("legs", each: record.legs) { $0.object($1, names) }
    if record.dialogs.count > 1 { dialogs(record.dialogs) }
    related(record.related)
    member("access_network", record.accessNetwork)
    if record.hasLocation { member("geolocation", true) }
    if let subscription = record.subscription {
      member(
        "subscription",
        object: { json in
          json.member("state", subscription.state)
          json.member("reason", subscription.reason)
          json.member("expires_s", subscription.expires)
          json.member("notifications", subscription.notifications)
        })
    }
    member("diameter", each: record.diameter) { $0.object($1, names) }
    applicationServers(record.applicationServers, names)
    if let message = record.shortMessage { member("sms", object: { $0.object(message) }) }
    bodies(record.bodies)
    member("observed_at", record.observedAt)
    member("correlation_id", record.correlationIdentifier)
  }

  mutating func members(of finding: Finding) {
    member("rule", finding.rule)
    member("severity", finding.severity.name)
    member("text", finding.sentence())
    member("time", finding.time)
    member("frames", finding.frames)
    member("about", finding.about)
  }

  private mutating func object(_ leg: Leg, _ names: HandleNames) {
    beginObject()
    member("from", leg.from, names)
    member("to", leg.to, names)
    member("call_id", leg.callID)
    member("transport", leg.transport.name)
    member("interface", leg.interface)
    member("status", leg.status)
    member("start", leg.start)
    member("answer_ms", milliseconds: leg.answerTime)
    if leg.isProtected { member("protected", true) }
    member("frames", leg.frames)
    endObject()
  }

  private mutating func dialogs(_ dialogs: [Dialog]) {
    member("dialogs", each: dialogs) { json, dialog in
      json.beginObject()
      json.member("call_id", dialog.callID)
      json.member("joined_by", dialog.joinedBy.rawValue)
      json.member("confidence", ratio: dialog.confidence)
      json.endObject()
    }
  }

  private mutating func applicationServers(_ servers: [ServiceInvocation], _ names: HandleNames) {
    guard !servers.isEmpty else { return }
    member("application_servers", each: servers) { json, server in
      json.beginObject()
      json.member("server", server.applicationServer)
      json.member("priority", server.priority)
      json.member("trigger", server.trigger)
      json.member("session_case", server.sessionCase.name)
      json.member("method", server.method)
      json.member("default_handling", server.defaultHandling?.name)
      json.member("s_cscf", server.servingCSCF, names)
      json.member("request_frame", server.requestFrame)
      json.member("state", server.state.rawValue)
      json.member("asked_frame", server.askedFrame)
      json.member("status", server.status)
      json.endObject()
    }
  }

  private mutating func related(_ records: [RelatedRecord]) {
    guard !records.isEmpty else { return }
    member("related", each: records) { json, related in
      json.beginObject()
      json.member("id", related.id)
      json.member("relation", related.relation.rawValue)
      json.member("joined_by", related.joinedBy.rawValue)
      json.member("confidence", ratio: related.confidence)
      json.endObject()
    }
  }

  private mutating func cause(_ cause: Cause?) {
    guard let cause else { return }
    member(
      "cause",
      object: { json in
        json.member("rule", cause.rule)
        json.member("text", cause.sentence())
        json.member("frames", cause.frames)
        json.member("determined", cause.isDetermined)
      })
  }
}
