import ByteReading
import CaptureFacts
import SIPMessages

/// The offers and answers of the dialogs of a call, as they are seen (RFC 3264; in which messages they may stand: RFC 6337
/// section 2.2). Each is taken where it is seen first: further hops repeat it.
struct SessionNegotiation {
  /// How many dialogs of a call are followed: those of its legs, and forks of each.
  static let keptSessions = 8

  /// How many offers of one dialog are kept; a session refreshed each minute brings sixty an hour.
  static let keptExchanges = 32

  /// One offer, and the answer to it.
  struct Exchange {
    let method: SIPMethod
    let cseq: UInt32
    let isRequestOfCaller: Bool
    var isOfferOfCaller: Bool
    /// Empty as long as the offer is expected in a response.
    var offer: [SessionMedium] = []
    var offerFrame: FrameReference
    var answer: [SessionMedium] = []
    var answerFrame: FrameReference?
    /// The final response that refused it.
    var refusal: UInt16?
  }

  /// A dialog, or the part of one that a fork made.
  struct Session {
    let dialog: Int
    let calleeTag: KeyedHash?
    var exchanges: [Exchange]
  }

  private(set) var sessions: [Session] = []
  /// The latest INVITE that opened each dialog, which every fork answers for itself.
  private var initial: [Int: Exchange] = [:]

  /// Takes a message of the dialog at `dialog`, whose opener wrote `openerTag`.
  mutating func take(
    _ message: SIPMessage, _ facts: SIPFacts, frame: FrameReference, dialog: Int, openerTag: KeyedHash?
  ) {
    switch message.method {
    case .invite, .update, .prack, .ack: break
    default: return
    }
    let isRequestOfCaller = facts.fromTag == openerTag
    let calleeTag = isRequestOfCaller ? facts.toTag : facts.fromTag
    if message.isRequest {
      guard let calleeTag else {
        takeInitial(message, facts, frame: frame, dialog: dialog)
        return
      }
      // What brings no description, ACK of a failure among it, opens no session.
      guard message.method == .invite || !message.body.isEmpty, let place = session(dialog, calleeTag) else { return }
      take(request: message, facts, frame: frame, isOfCaller: isRequestOfCaller, session: place)
    } else if let calleeTag {
      take(
        response: message, facts, frame: frame, isRequestOfCaller: isRequestOfCaller, dialog: dialog,
        calleeTag: calleeTag)
    }
  }

  private mutating func takeInitial(_ message: SIPMessage, _ facts: SIPFacts, frame: FrameReference, dialog: Int) {
    guard message.method == .invite, initial[dialog]?.cseq != message.cseqNumber,
      initial[dialog] != nil || initial.count < SessionNegotiation.keptSessions
    else { return }
    initial[dialog] = Exchange(
      method: .invite, cseq: message.cseqNumber, isRequestOfCaller: true, isOfferOfCaller: true,
      offer: SessionMedium.media(of: message, facts), offerFrame: frame)
  }

  /// The session with the tag of the callee, a new one where it was not seen.
  private mutating func session(_ dialog: Int, _ calleeTag: KeyedHash) -> Int? {
    if let place = sessions.firstIndex(where: { $0.dialog == dialog && $0.calleeTag == calleeTag }) { return place }
    guard sessions.count < SessionNegotiation.keptSessions else { return nil }
    sessions.append(Session(dialog: dialog, calleeTag: calleeTag, exchanges: initial[dialog].map { [$0] } ?? []))
    return sessions.count - 1
  }

  private mutating func take(
    request message: SIPMessage, _ facts: SIPFacts, frame: FrameReference, isOfCaller: Bool, session place: Int
  ) {
    let cseq = message.cseqNumber
    let isKnown = sessions[place].exchanges.contains {
      $0.method == message.method && $0.cseq == cseq && $0.isRequestOfCaller == isOfCaller
    }
    guard !isKnown else { return }
    let media = SessionMedium.media(of: message, facts)
    // The answer to an offer that a response made comes in ACK or PRACK.
    if message.method == .ack || message.method == .prack, !media.isEmpty, let last = sessions[place].exchanges.last,
      last.isRequestOfCaller == isOfCaller, last.isOfferOfCaller != isOfCaller
    {
      if last.answer.isEmpty { answer(place, sessions[place].exchanges.count - 1, media, frame) }
      if last.answer.isEmpty || message.method == .ack { return }
    }
    guard message.method != .ack, !media.isEmpty || message.method == .invite,
      sessions[place].exchanges.count < SessionNegotiation.keptExchanges
    else { return }
    sessions[place].exchanges.append(
      Exchange(
        method: message.method, cseq: cseq, isRequestOfCaller: isOfCaller, isOfferOfCaller: isOfCaller, offer: media,
        offerFrame: frame))
  }

  private mutating func take(
    response message: SIPMessage, _ facts: SIPFacts, frame: FrameReference, isRequestOfCaller: Bool, dialog: Int,
    calleeTag: KeyedHash
  ) {
    let isFailure = message.status >= 300
    guard isFailure || message.status > 100 && !message.body.isEmpty else { return }
    // A failure outside of a dialog opens none (RFC 3261 section 12.1).
    if isFailure, !sessions.contains(where: { $0.dialog == dialog && $0.calleeTag == calleeTag }) { return }
    guard let place = session(dialog, calleeTag),
      let exchange = sessions[place].exchanges.lastIndex(where: {
        $0.method == message.method && $0.cseq == message.cseqNumber && $0.isRequestOfCaller == isRequestOfCaller
      })
    else { return }
    let isAnswered = !sessions[place].exchanges[exchange].answer.isEmpty
    if isFailure {
      if !isAnswered, sessions[place].exchanges[exchange].refusal == nil {
        sessions[place].exchanges[exchange].refusal = message.status
      }
      return
    }
    let isOfferOfResponse = sessions[place].exchanges[exchange].isOfferOfCaller != isRequestOfCaller
    guard !isAnswered, !isOfferOfResponse else { return }
    let media = SessionMedium.media(of: message, facts)
    guard !media.isEmpty else { return }
    if sessions[place].exchanges[exchange].offer.isEmpty {
      sessions[place].exchanges[exchange].offer = media
      sessions[place].exchanges[exchange].offerFrame = frame
      sessions[place].exchanges[exchange].isOfferOfCaller = !isRequestOfCaller
    } else {
      answer(place, exchange, media, frame)
    }
  }

  private mutating func answer(_ place: Int, _ exchange: Int, _ media: [SessionMedium], _ frame: FrameReference) {
    sessions[place].exchanges[exchange].answer = media
    sessions[place].exchanges[exchange].answerFrame = frame
  }
}
