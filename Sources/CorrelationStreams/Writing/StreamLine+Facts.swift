import CaptureFacts

/// The facts beside messages.
extension StreamLine {
  mutating func member(_ flow: Flow) {
    member("from", flow.source.description)
    member("to", flow.destination.description)
    member("transport", flow.transport.name)
  }

  mutating func member(_ kind: TransportEvent.Kind) {
    member("event", kind.name)
    switch kind {
    case .aborted(let cause): member("cause", cause)
    case .unreachable(let type, let code):
      member("icmp_type", type)
      member("icmp_code", code)
    case .sameHost(let address): member("address", address.description)
    case .connectionRefused, .connectionUnanswered, .connectionRepeated, .restarted, .heartbeatUnanswered: break
    }
  }

  // MARK: - Associations

  mutating func members(of health: SCTPAssociationHealth) {
    member("slot", health.slot)
    member(health.flow)
    member("paths", each: health.paths) { line, path in
      line.beginObject()
      line.member(path.flow)
      line.member("from_opener", path.isFromOpener)
      line.member("packets", path.packets)
      line.member("heartbeats", path.heartbeats)
      line.member("heartbeats_unanswered", path.heartbeatsUnanswered)
      line.endObject()
    }
    member("opener", object: { $0.members(of: health.opener) })
    member("responder", object: { $0.members(of: health.responder) })
    member("restarts", health.restarts)
    member("shutting_down", health.isShuttingDown)
    member("ending", health.ending.name)
    switch health.ending {
    case .refused(let cause), .aborted(let cause): member("cause", cause)
    case .open, .unanswered, .shutDown: break
    }
    if let frame = health.endingFrame { member("ending_frame", frame) }
    member("first_time", health.firstTime)
    member("last_time", health.lastTime)
    member("first_frame", health.firstFrame)
    member("last_frame", health.lastFrame)
  }

  private mutating func members(of side: SCTPAssociationHealth.Side) {
    member("addresses", each: side.announcedAddresses) { $0.value($1.description) }
    member("chunks", side.dataChunks)
    member("repeated", side.repeatedChunks)
    member("late", side.lateChunks)
    member("missing", side.missingChunks)
    member("payloads", each: side.payloads) { line, payload in
      line.beginObject()
      line.member("protocol", payload.identifier)
      line.member("chunks", payload.chunks)
      line.endObject()
    }
  }

  // MARK: - The trailer

  mutating func capture(of trailer: CorrelationTrailer) {
    member("files", each: trailer.files) { line, file in
      line.beginObject()
      line.member("file", file.name)
      line.member("format", file.format)
      line.member("frame_count", file.frameCount)
      line.member("bytes", file.bytes)
      if let time = file.firstTime { line.member("first_time", time) }
      if let time = file.lastTime { line.member("last_time", time) }
      line.member("commented_frames", file.commentedFrames)
      line.member("names", file.names)
      line.member("decryption_secrets", file.decryptionSecrets)
      line.endObject()
    }
    member("stations", each: trailer.stations) { line, station in
      line.beginObject()
      line.member("interface", station.interface)
      line.member("files", each: station.files) { $0.value($1) }
      line.endObject()
    }
    member("points", each: trailer.counts) { line, counts in
      line.beginObject()
      line.member("sip_observations", counts.sipObservations)
      line.member("diameter_observations", counts.diameterObservations)
      line.endObject()
    }
  }

  mutating func members(of coverage: Coverage) {
    member("sip_observations", coverage.sipObservations)
    member("diameter_observations", coverage.diameterObservations)
    member("media_packets", coverage.mediaPackets)
    member("control_packets", coverage.controlPackets)
    member("esp_opened", coverage.securityPayloadsOpened)
    member("commented_frames", coverage.commentedFrames)
    member("security_associations", each: coverage.securityAssociations) { line, association in
      line.beginObject()
      line.member("spi", association.spi)
      line.member("from", association.source.description)
      line.member("to", association.destination.description)
      if let means = association.means { line.member("opened_by", means.rawValue) }
      if let name = association.encryption { line.member("encryption", name) }
      if let name = association.integrity { line.member("integrity", name) }
      line.member("opened", association.opened)
      line.member("without_keys", association.withoutKeys)
      line.member("integrity_failed", association.integrityFailed)
      line.member("window_exceeded", association.windowExceeded)
      line.member("malformed", association.malformed)
      line.endObject()
    }
    member("anomalies", each: coverage.anomalies.lines) { line, anomaly in
      line.beginObject()
      line.member("kind", anomaly.key.kind.key)
      line.member("layer", anomaly.key.layer.name)
      line.member("detail", anomaly.key.detail)
      line.member("count", anomaly.entry.count)
      line.member("amount", anomaly.entry.amount)
      line.member("frames", each: anomaly.entry.frames) { $0.value($1) }
      line.endObject()
    }
  }
}
