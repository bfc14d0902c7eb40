import SIPMessages
import Testing

@testable import SubscriberTimelines

/// Offers and answers (RFC 3264), in the messages where they may stand (RFC 6337 section 2.2).
@Suite struct CallSessionTests {
  /// A description; `media` are lines behind `m=`, each with its attributes separated by `|`.
  private func description(_ media: [String]) -> [UInt8] {
    let lines = media.flatMap { medium in
      medium.split(separator: "|").enumerated().map { $0.offset == 0 ? "m=\($0.element)" : "a=\($0.element)" }
    }
    return Array(
      (["v=0", "o=- 1 1 IN IP4 10.0.0.1", "s=-", "c=IN IP4 10.0.0.1", "t=0 0"] + lines + [""])
        .joined(separator: "\r\n").utf8)
  }

  private static let audio = "audio 4000 RTP/AVP 97|rtpmap:97 AMR-WB/16000"
  private static let video = "video 4002 RTP/AVP 99|rtpmap:99 H264/90000"

  /// The fields of a message of the dialog; the caller's tag is `a`, the callee's `calleeTag`.
  private func fields(
    _ method: String, _ cseq: Int, ofCaller: Bool = true, calleeTag: String? = "b", branch: String? = nil
  ) -> [String] {
    let caller = "<sip:a@x.example>;tag=a"
    let callee = "<sip:b@x.example>" + (calleeTag.map { ";tag=\($0)" } ?? "")
    return [
      "Via: SIP/2.0/UDP 10.0.0.\(ofCaller ? 1 : 2);branch=z9hG4bK\(branch ?? "\(method)\(cseq)\(ofCaller)")",
      "From: \(ofCaller ? caller : callee)", "To: \(ofCaller ? callee : caller)", "Call-ID: c1",
      "CSeq: \(cseq) \(method)", "Contact: <sip:x@10.0.0.\(ofCaller ? 1 : 2)>",
    ]
  }

  private func sessions(_ play: (inout Conversation) throws -> Void) throws -> [CallSession] {
    var conversation = Conversation()
    try play(&conversation)
    return conversation.finish().compactMap { record -> Call? in
      if case .call(let call) = record { call } else { nil }
    }.first?.sessions ?? []
  }

  private func begin(_ conversation: inout Conversation, offer: [String] = [audio], answer: [String] = [audio]) throws {
    try conversation.send(
      "INVITE sip:b@x.example SIP/2.0", forward: true, fields("INVITE", 1, calleeTag: nil),
      type: "application/sdp", body: description(offer))
    try conversation.send(
      "SIP/2.0 200 OK", forward: false, fields("INVITE", 1), type: "application/sdp",
      body: description(answer))
    try conversation.send("ACK sip:b@x.example SIP/2.0", forward: true, fields("ACK", 1, branch: "ack"))
  }

  private func offer(
    _ conversation: inout Conversation, _ method: String, _ cseq: Int, ofCaller: Bool, _ offer: [String],
    _ answer: [String], status: Int = 200
  ) throws {
    try conversation.send(
      "\(method) sip:b@x.example SIP/2.0", forward: ofCaller, fields(method, cseq, ofCaller: ofCaller),
      type: "application/sdp", body: description(offer))
    try conversation.send(
      "SIP/2.0 \(status) X", forward: !ofCaller, fields(method, cseq, ofCaller: ofCaller),
      type: answer.isEmpty ? nil : "application/sdp", body: answer.isEmpty ? [] : description(answer))
  }

  @Test("offer in INVITE, answer in 200: what was agreed, with protection, bandwidth and preconditions") func plain()
    throws
  {
    let secure =
      "audio 4000 RTP/SAVP 97|rtpmap:97 AMR-WB/16000|crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c2VjcmV0"
      + "|ice-ufrag:x|curr:qos local sendrecv"
    let sessions = try sessions { try begin(&$0, offer: [secure], answer: [secure]) }
    let session = try #require(sessions.first)
    #expect(sessions.count == 1 && session.callID == "c1" && session.heldBy.isEmpty)
    let medium = try #require(session.media.first)
    #expect(medium.type == "audio" && medium.codec == "AMR-WB/16000" && medium.direction == .sendReceive)
    #expect(medium.transport == "RTP/SAVP" && medium.security == .sdes && medium.hasICE && medium.hasResources == true)
    let exchange = try #require(session.exchanges.first)
    #expect(session.exchanges.count == 1 && exchange.offeredBy == .caller && exchange.outcome == .answered)
    #expect(exchange.offerFrame.number == 1 && exchange.answerFrame?.number == 2)
    #expect(exchange.changes == ["audio_begun"] && !"\(sessions)".contains("c2VjcmV0"))
  }

  @Test("hold, resume, video added and removed, another codec, a refresh (RFC 3264 section 8)") func changes() throws {
    let held = Self.audio + "|sendonly"
    let sessions = try sessions { conversation in
      try begin(&conversation)
      try offer(&conversation, "INVITE", 2, ofCaller: true, [held], [Self.audio + "|recvonly"])
      try offer(&conversation, "INVITE", 3, ofCaller: true, [Self.audio], [Self.audio])
      try offer(&conversation, "UPDATE", 1, ofCaller: false, [Self.audio, Self.video], [Self.audio, Self.video])
      try offer(
        &conversation, "INVITE", 4, ofCaller: true, [Self.audio, Self.video], [Self.audio, "video 0 RTP/AVP 99"])
      try offer(&conversation, "INVITE", 5, ofCaller: true, ["audio 4000 RTP/AVP 8"], ["audio 4000 RTP/AVP 8"])
      try offer(&conversation, "UPDATE", 6, ofCaller: true, ["audio 4000 RTP/AVP 8"], ["audio 4000 RTP/AVP 8"])
      try offer(&conversation, "INVITE", 2, ofCaller: false, [held], [], status: 488)
    }
    let session = try #require(sessions.first)
    #expect(
      session.exchanges.map(\.changes) == [
        ["audio_begun"], ["held_by_caller"], ["resumed_by_caller"], ["video_added"], ["video_removed"],
        ["audio_codec_changed"], [], [],
      ])
    #expect(
      session.exchanges.map(\.offeredBy) == [
        .caller, .caller, .caller, .callee, .caller, .caller, .caller, .callee,
      ])
    #expect(session.exchanges.last?.outcome == .refused && session.exchanges.last?.status == 488)
    #expect(session.media.map(\.codec) == ["PCMA/8000"] && session.heldBy.isEmpty)
  }

  @Test("hold by the callee, and by both") func holding() throws {
    let sessions = try sessions { conversation in
      try begin(&conversation)
      try offer(&conversation, "INVITE", 1, ofCaller: false, [Self.audio + "|sendonly"], [Self.audio + "|recvonly"])
      try offer(&conversation, "INVITE", 2, ofCaller: true, [Self.audio + "|inactive"], [Self.audio + "|inactive"])
    }
    #expect(sessions.first?.exchanges.map(\.changes) == [["audio_begun"], ["held_by_callee"], ["held_by_caller"]])
    #expect(sessions.first?.heldBy == [.caller, .callee] && sessions.first?.media.first?.direction == .inactive)
  }

  @Test("offer in the 200 of an INVITE without one, answer in ACK (RFC 3264 section 4)") func delayedOffer() throws {
    let sessions = try sessions { conversation in
      try conversation.send("INVITE sip:b@x.example SIP/2.0", forward: true, fields("INVITE", 1, calleeTag: nil))
      try conversation.send(
        "SIP/2.0 200 OK", forward: false, fields("INVITE", 1), type: "application/sdp",
        body: description([Self.audio]))
      try conversation.send(
        "ACK sip:b@x.example SIP/2.0", forward: true, fields("ACK", 1, branch: "ack"),
        type: "application/sdp", body: description([Self.audio + "|recvonly"]))
    }
    let exchange = try #require(sessions.first?.exchanges.first)
    #expect(exchange.offeredBy == .callee && exchange.offerFrame.number == 2 && exchange.answerFrame?.number == 3)
    #expect(sessions.first?.media.first?.direction == .receiveOnly)
  }

  @Test("a second offer in PRACK, with resources reserved in UPDATE (RFC 3262 section 5, RFC 3312)")
  func preconditions() throws {
    let wanted = Self.audio + "|curr:qos local none|curr:qos remote none|des:qos mandatory local sendrecv"
    let reserved = Self.audio + "|curr:qos local sendrecv|curr:qos remote none|des:qos mandatory local sendrecv"
    let sessions = try sessions { conversation in
      try conversation.send(
        "INVITE sip:b@x.example SIP/2.0", forward: true, fields("INVITE", 1, calleeTag: nil),
        type: "application/sdp", body: description([wanted]))
      try conversation.send(
        "SIP/2.0 183 Session Progress", forward: false, fields("INVITE", 1),
        type: "application/sdp", body: description([wanted]))
      try offer(&conversation, "PRACK", 2, ofCaller: true, [wanted], [wanted])
      try offer(&conversation, "UPDATE", 3, ofCaller: true, [reserved], [reserved])
      try conversation.send("SIP/2.0 200 OK", forward: false, fields("INVITE", 1))
    }
    #expect(sessions.first?.exchanges.map(\.method) == [.invite, .prack, .update])
    #expect(sessions.first?.exchanges.map(\.changes) == [["audio_begun"], [], ["audio_resources_reserved"]])
    #expect(sessions.first?.media.first?.hasResources == true)
  }

  @Test("each fork answers for itself") func forks() throws {
    let sessions = try sessions { conversation in
      try conversation.send(
        "INVITE sip:b@x.example SIP/2.0", forward: true, fields("INVITE", 1, calleeTag: nil),
        type: "application/sdp", body: description([Self.audio, Self.video]))
      for (tag, answer) in [("b1", [Self.audio, "video 0 RTP/AVP 99"]), ("b2", [Self.audio, Self.video])] {
        try conversation.send(
          "SIP/2.0 183 Session Progress", forward: false, fields("INVITE", 1, calleeTag: tag),
          type: "application/sdp", body: description(answer))
      }
    }
    #expect(sessions.map { $0.media.map(\.type) } == [["audio"], ["audio", "video"]])
  }

  @Test("a call that is refused has no session, though its failure is acknowledged") func refused() throws {
    let sessions = try sessions { conversation in
      try conversation.send(
        "INVITE sip:b@x.example SIP/2.0", forward: true, fields("INVITE", 1, calleeTag: nil),
        type: "application/sdp", body: description([Self.audio]))
      for _ in 0..<2 {
        try conversation.send("SIP/2.0 486 Busy Here", forward: false, fields("INVITE", 1))
        try conversation.send("ACK sip:b@x.example SIP/2.0", forward: true, fields("ACK", 1))
      }
    }
    #expect(sessions.isEmpty)
  }

  @Test("what is kept of a dialog is bounded") func bounds() throws {
    let sessions = try sessions { conversation in
      try begin(&conversation)
      for cseq in 2..<60 { try offer(&conversation, "UPDATE", cseq, ofCaller: true, [Self.audio], [Self.audio]) }
    }
    #expect(sessions.first?.exchanges.count == SessionNegotiation.keptExchanges)
  }
}
