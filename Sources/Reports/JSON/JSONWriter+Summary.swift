import CaptureFacts
import SubscriberTimelines

/// What is known at the end of the run.
extension JSONWriter {
  mutating func members(of capture: CaptureSummary) {
    member("files", each: capture.files) { json, file in
      json.beginObject()
      json.member("file", file.name)
      json.member("format", file.format)
      json.member("frame_count", file.frameCount)
      json.member("bytes", file.bytes)
      json.member("first_time", file.firstTime)
      json.member("last_time", file.lastTime)
      if file.commentedFrames > 0 { json.member("commented_frames", file.commentedFrames) }
      if file.names > 0 { json.member("names", file.names) }
      if file.decryptionSecrets > 0 { json.member("decryption_secrets", file.decryptionSecrets) }
      json.endObject()
    }
    member("frame_count", capture.frameCount)
    member("bytes", capture.bytes)
    member("first_time", capture.firstTime)
    member("last_time", capture.lastTime)
    if let first = capture.firstTime, let last = capture.lastTime {
      member("duration_ms", milliseconds: last.nanoseconds(since: first))
    }
    points(of: capture)
  }

  mutating func members(of node: Node) {
    member("id", node.id)
    member("name", node.name)
    member("named_by", node.namedBy)
    memberIfAny("merged_ids", node.mergedIDs)
    member("addresses", node.addresses.map(\.description))
    member("roles", node.roles.map(\.name))
    memberIfAny("host_names", node.hostNames)
    member("evidence", each: node.evidence) { json, evidence in
      json.beginObject()
      json.member("role", evidence.role.name)
      json.member("behaviour", evidence.behaviour)
      json.member("frame", evidence.frame)
      if evidence.frame != nil { json.member("count", evidence.count) }
      json.endObject()
    }
    member("sent_messages", node.sentMessages)
    member("received_messages", node.receivedMessages)
  }

  mutating func members(of subscriber: Subscriber, _ names: HandleNames) {
    member("id", subscriber.id)
    if !subscriber.mergedIDs.isEmpty { member("merged_ids", subscriber.mergedIDs) }
    member("impis", subscriber.privateIdentities)
    member("impus", subscriber.publicIdentities)
    member("imsi", subscriber.imsi)
    member("temporary_impu", subscriber.temporaryPublicIdentity)
    memberIfAny("contacts", subscriber.contacts)
    if !subscriber.accesses.isEmpty {
      member("accesses", each: subscriber.accesses) { json, access in
        json.beginObject()
        json.member("time", access.time)
        json.member("frame", access.frame)
        json.member("access_network", access.accessNetwork)
        json.member("visited_network", access.visitedNetwork)
        json.member("user_agent", access.userAgent)
        json.member("instance", access.instance)
        json.member("imei", access.instance.flatMap(EquipmentIdentity.imei))
        json.member("authentication_scheme", access.authenticationScheme)
        json.endObject()
      }
    }
    if !subscriber.bindings.isEmpty {
      member("bindings", each: subscriber.bindings) { json, binding in
        json.beginObject()
        json.member("contact", binding.contact)
        json.member("instance", binding.instance)
        json.member("registered", binding.registered)
        json.member("refreshed", binding.refreshed)
        json.member("refreshes", binding.refreshes)
        json.member("expires", binding.expires)
        json.member("ended", binding.ended)
        json.member("ended_by", binding.endedBy?.rawValue)
        json.endObject()
      }
    }
    member("s_cscf", subscriber.servingCSCF)
    member("registrations", subscriber.registrations)
    member("calls", subscriber.calls)
    member("messaging", subscriber.messaging)
    member("diameter", each: subscriber.diameter) { $0.object($1, names) }
    serviceProfile(of: subscriber, names)
  }

  mutating func members(of coverage: Coverage) {
    member("sip_messages", coverage.sipMessages)
    member("diameter_messages", coverage.diameterMessages)
    member("sip_observations", coverage.sipObservations)
    member("diameter_observations", coverage.diameterObservations)
    member("diameter_unplaced", coverage.diameterUnplaced)
    member("keep_alives", coverage.keepAlives)
    member("keep_alives_unanswered", coverage.unansweredKeepAlives)
    member("media_streams", coverage.mediaStreams)
    member("media_streams_unplaced", coverage.mediaStreamsUnplaced)
    member("media_packets", coverage.mediaPackets)
    member("rtcp_packets", coverage.controlPackets)
    member("esp_opened", coverage.securityPayloadsOpened)
    member("commented_frames", coverage.commentedFrames)
    for kind in AnomalyKind.allCases {
      key(text: kind.key)
      value(coverage.count(of: kind))
    }
    if !coverage.securityAssociations.isEmpty {
      member("security_associations", each: coverage.securityAssociations) { $0.object($1) }
    }
    member("anomalies", each: coverage.anomalies.lines) { json, line in
      json.beginObject()
      json.member("kind", line.key.kind.key)
      json.member("layer", line.key.layer.name)
      if line.key.detail != 0 { json.member("detail", line.key.detail) }
      json.member("count", line.entry.count)
      if line.key.kind.countsAmounts { json.member("amount", line.entry.amount) }
      json.member("frames", line.entry.frames)
      json.endObject()
    }
  }
}

extension Coverage {
  /// What the key of `kind` counts.
  func count(of kind: AnomalyKind) -> UInt64 {
    kind.countsAmounts ? anomalies.amount(of: kind) : anomalies.count(of: kind)
  }
}

extension AnomalyKind {
  /// Whether its key counts bytes or packets, which each occurrence brings along, and not occurrences.
  var countsAmounts: Bool {
    switch self {
    case .streamBytesLost, .transmissionsMissing, .packetsDroppedByKernel, .packetsDroppedByInterface: true
    default: false
    }
  }
}
