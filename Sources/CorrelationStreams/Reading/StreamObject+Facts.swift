import CaptureFacts

/// The facts beside messages, as `StreamLine` writes them.
extension StreamObject {
  func event() throws(Flaw) -> TransportEvent {
    TransportEvent(kind: try eventKind(), flow: try flow(), time: try time("time"), frame: try frame("frame"))
  }

  private func eventKind() throws(Flaw) -> TransportEvent.Kind {
    switch try text("event") {
    case "connection_refused": .connectionRefused
    case "connection_unanswered": .connectionUnanswered
    case "connection_repeated": .connectionRepeated
    case "aborted": .aborted(cause: try number("cause"))
    case "restarted": .restarted
    case "heartbeat_unanswered": .heartbeatUnanswered
    case "unreachable": .unreachable(type: try number("icmp_type"), code: try number("icmp_code"))
    case "same_host": .sameHost(try address("address"))
    case let other: throw Flaw(message: "there is no event \(other)")
    }
  }

  func point() throws(Flaw) -> CapturePoint {
    var point = CapturePoint(station: try number("station"), path: LayerPath(), vlans: try numberIfAny("vlans") ?? 0)
    point.layers = try layers()
    let ends = try addresses("tunnel_ends")
    if ends.count == 2 { point.tunnelEnds = (ends[0], ends[1]) }
    return point
  }

  // MARK: - Associations

  func association() throws(Flaw) -> SCTPAssociationHealth {
    var health = SCTPAssociationHealth(
      slot: try number("slot"), flow: try flow(), time: try time("first_time"), frame: try frame("first_frame"))
    health.lastTime = try time("last_time")
    health.lastFrame = try frame("last_frame")
    health.endingFrame = try frameIfAny("ending_frame")
    for object in try objects("paths") {
      var path = SCTPAssociationHealth.Path(flow: try object.flow(), isFromOpener: try object.flag("from_opener"))
      path.packets = try object.number("packets")
      path.heartbeats = try object.number("heartbeats")
      path.heartbeatsUnanswered = try object.number("heartbeats_unanswered")
      health.paths.append(path)
    }
    health.opener = try object("opener").side()
    health.responder = try object("responder").side()
    health.restarts = try number("restarts")
    health.isShuttingDown = try flag("shutting_down")
    health.ending = try ending()
    return health
  }

  private func ending() throws(Flaw) -> SCTPAssociationHealth.Ending {
    switch try text("ending") {
    case "open": .open
    case "unanswered": .unanswered
    case "refused": .refused(cause: try number("cause"))
    case "shut_down": .shutDown
    case "aborted": .aborted(cause: try number("cause"))
    case let other: throw Flaw(message: "there is no ending \(other)")
    }
  }

  private func side() throws(Flaw) -> SCTPAssociationHealth.Side {
    var side = SCTPAssociationHealth.Side()
    side.announcedAddresses = try addresses("addresses")
    side.dataChunks = try number("chunks")
    side.repeatedChunks = try number("repeated")
    side.lateChunks = try number("late")
    side.missingChunks = try number("missing")
    for object in try objects("payloads") {
      side.add(
        SCTPAssociationHealth.Payload(
          identifier: try object.number("protocol"), chunks: try object.number("chunks")))
    }
    return side
  }

  // MARK: - The trailer

  func trailer() throws(Flaw) -> CorrelationTrailer {
    let capture = try object("capture")
    var files: [CaptureSummary.File] = []
    for object in try capture.objects("files") {
      var file = CaptureSummary.File(
        name: try object.text("file"), format: try object.text("format"),
        frameCount: try object.number("frame_count"), bytes: try object.number("bytes"),
        firstTime: try object.timeIfAny("first_time"), lastTime: try object.timeIfAny("last_time"))
      file.commentedFrames = try object.number("commented_frames")
      file.names = try object.number("names")
      file.decryptionSecrets = try object.number("decryption_secrets")
      files.append(file)
    }
    var stations: [CaptureSummary.Station] = []
    for object in try capture.objects("stations") {
      let described = try object.numbers("files")
      guard described.allSatisfy(files.indices.contains) else { throw Flaw(message: "a station names no file") }
      stations.append(CaptureSummary.Station(interface: try object.text("interface"), files: described))
    }
    var counts: [CapturePointDirectory.Counts] = []
    for object in try capture.objects("points") {
      var count = CapturePointDirectory.Counts()
      count.sipObservations = try object.number("sip_observations")
      count.diameterObservations = try object.number("diameter_observations")
      counts.append(count)
    }
    return CorrelationTrailer(
      files: files, stations: stations, counts: counts, coverage: try object("coverage").coverage())
  }

  private func coverage() throws(Flaw) -> Coverage {
    var coverage = Coverage()
    coverage.sipObservations = try number("sip_observations")
    coverage.diameterObservations = try number("diameter_observations")
    coverage.mediaPackets = try number("media_packets")
    coverage.controlPackets = try number("control_packets")
    coverage.securityPayloadsOpened = try number("esp_opened")
    coverage.commentedFrames = try number("commented_frames")
    for object in try objects("security_associations") {
      coverage.securityAssociations.append(try object.securityAssociation())
    }
    for object in try objects("anomalies") {
      guard let kind = AnomalyKind(key: try object.text("kind")), let layer = LayerKind(name: try object.text("layer"))
      else { throw Flaw(message: "an anomaly is of no kind that is known") }
      coverage.anomalies.add(
        AnomalyLedger.Entry(
          count: try object.number("count"), amount: try object.number("amount"), frames: try object.frames("frames")),
        under: AnomalyLedger.Key(kind: kind, layer: layer, detail: try object.number("detail")))
    }
    return coverage
  }

  private func securityAssociation() throws(Flaw) -> SecurityAssociationCoverage {
    var association = SecurityAssociationCoverage(
      spi: try number("spi"), source: try address("from"), destination: try address("to"))
    if let means = try textIfAny("opened_by") {
      guard let means = SecurityAssociationCoverage.Means(rawValue: means) else {
        throw Flaw(message: "opened_by is nothing that is known")
      }
      association.means = means
    }
    association.encryption = try textIfAny("encryption")
    association.integrity = try textIfAny("integrity")
    association.opened = try number("opened")
    association.withoutKeys = try number("without_keys")
    association.integrityFailed = try number("integrity_failed")
    association.windowExceeded = try number("window_exceeded")
    association.malformed = try number("malformed")
    return association
  }
}
