import CaptureFacts
import DiameterMessages
import SubscriberTimelines

/// What is known of the transport below the messages.
extension JSONWriter {
  mutating func object(_ write: (inout JSONWriter) -> Void) {
    beginObject()
    write(&self)
    endObject()
  }

  mutating func members(of association: SCTPAssociationHealth, _ nodes: NodeDirectory) {
    member("from", nodes.known(at: association.flow.source).map(nodes.id))
    member("to", nodes.known(at: association.flow.destination).map(nodes.id))
    member("from_port", association.flow.source.port)
    member("to_port", association.flow.destination.port)
    member("from_addresses", association.addresses(ofOpener: true).map(\.description))
    member("to_addresses", association.addresses(ofOpener: false).map(\.description))
    member("state", association.stateName)
    member("cause", association.cause)
    member("cause_name", association.cause.flatMap(TransportIncident.sctpCauseName))
    member("first_time", association.firstTime)
    member("last_time", association.lastTime)
    member("first_frame", association.firstFrame)
    member("last_frame", association.lastFrame)
    member("ending_frame", association.endingFrame)
    member("restarts", association.restarts)
    member("paths", each: association.paths) { json, path in
      json.object { json in
        json.member("from", path.flow.source.address.description)
        json.member("to", path.flow.destination.address.description)
        json.member("packets", path.packets)
        json.member("heartbeats", path.heartbeats)
        json.member("heartbeats_unanswered", path.heartbeatsUnanswered)
      }
    }
    member("sent", object: { $0.members(of: association.opener) })
    member("received", object: { $0.members(of: association.responder) })
  }

  private mutating func members(of side: SCTPAssociationHealth.Side) {
    member("data_chunks", side.dataChunks)
    member("retransmitted_chunks", side.repeatedChunks)
    member("late_chunks", side.lateChunks)
    member("missing_chunks", side.missingChunks)
    member("payload_protocols", each: side.payloads) { json, payload in
      json.object { json in
        json.member("identifier", payload.identifier)
        json.member("chunks", payload.chunks)
      }
    }
  }

  mutating func members(of incident: TransportIncident, _ nodes: NodeDirectory) {
    member("event", incident.kind.name)
    member("transport", incident.transport.name)
    member("from", incident.from.description)
    member("to", incident.to.description)
    member("from_node", nodes.known(at: Endpoint(address: incident.from, port: 0)).map(nodes.id))
    member("to_node", nodes.known(at: incident.to).map(nodes.id))
    member("cause_name", incident.codeName)
    member("count", incident.count)
    member("first_time", incident.firstTime)
    member("last_time", incident.lastTime)
    member("frames", incident.frames)
  }

  mutating func members(of peer: DiameterPeer, _ names: HandleNames) {
    member("client", object: { $0.members(of: peer.client, names) })
    member("server", object: { $0.members(of: peer.server, names) })
    member("transport", peer.transport.name)
    member("first_time", peer.firstTime)
    member("last_time", peer.lastTime)
    if peer.capabilitiesRequestFrame != nil || peer.capabilitiesAnswerFrame != nil {
      member(
        "capabilities",
        object: { json in
          json.member("request_frame", peer.capabilitiesRequestFrame)
          json.member("answer_frame", peer.capabilitiesAnswerFrame)
          json.member("result_code", peer.capabilitiesResult)
          json.member("result_name", peer.capabilitiesResult.flatMap(DiameterDictionary.standard.resultName))
          json.member("exchanges", peer.capabilitiesExchanges)
        })
    }
    if let disconnect = peer.disconnect {
      member(
        "disconnect",
        object: { json in
          json.member("by", disconnect.isByClient ? "client" : "server")
          json.member("cause", disconnect.cause)
          json.member("cause_name", disconnect.cause.flatMap(DiameterDictionary.standard.disconnectCauseName))
          json.member("request_frame", disconnect.requestFrame)
          json.member("answer_frame", disconnect.answerFrame)
        })
    }
  }

  private mutating func members(of end: DiameterPeer.End, _ names: HandleNames) {
    member("node", end.node, names)
    member("address", end.endpoint.description)
    member("origin_host", end.originHost)
    member("origin_realm", end.originRealm)
    member("product_name", end.productName)
    if !end.applications.isEmpty {
      member("applications", each: end.applications) { json, application in
        json.object { json in
          json.member("id", application)
          json.member("name", DiameterPeerText.application(application))
        }
      }
    }
    member("messages_sent", end.messagesSent)
    member("requests_received", end.requestsReceived)
    member("watchdogs_received", end.watchdogsReceived)
    member("watchdogs_answered", end.watchdogsAnswered)
    member("watchdogs_unanswered", end.watchdogsUnanswered)
    member("longest_silence_ms", milliseconds: end.longestSilence)
  }
}
