import CaptureFacts
import SIPMessages

/// One message on the time axis of a record.
///
/// A record has dozens and thousands of records are open at once, so it is kept small: 56 bytes. What only SIP has and what
/// only Diameter has lie in the same places.
public struct TimelineEvent: Sendable {
  /// What the message is.
  public enum Kind: Hashable, Sendable {
    /// A SIP request.
    case request(SIPMethod)
    /// A SIP response and the method of its request.
    case response(status: UInt16, method: SIPMethod)
    /// A Diameter request.
    case diameterRequest(command: UInt32, application: UInt32)
    /// A Diameter answer.
    case diameterAnswer(command: UInt32, application: UInt32, result: DiameterExchange.Result?)
  }

  /// What the places mean that kinds share.
  private enum Form: UInt8 {
    case request, response, diameterRequest, answerWithoutResult, answer, experimentalAnswer
  }

  /// When.
  public var time: Timestamp
  /// The hash of a SIP message and its way, or result and vendor of a Diameter answer.
  private let content: UInt64
  // The frame: 48 bits of its number, 16 of its file.
  private let numberLow: UInt32
  private let numberInFile: UInt32
  /// Who sent it.
  public let from: NodeHandle
  /// Who received it.
  public let to: NodeHandle
  /// What tells a copy of a SIP message, or the application of Diameter.
  private let detail: UInt32
  /// The status of a SIP response, or the command of Diameter.
  private let code: UInt32
  private let numberHigh: UInt16
  private let file: UInt16
  /// How many further times the capture shows this very transmission.
  public internal(set) var copies: UInt16
  /// Where the capture showed it first.
  public internal(set) var point = CapturePointHandle.first
  private var legIfAny: UInt16 = .max
  private let form: Form
  private let method: SIPMethod
  /// What carried it.
  public let transport: TransportProtocol
  /// Whether the same message was sent before on the same way.
  public let isRetransmission: Bool

  /// The frame that completed it.
  public var frame: FrameReference {
    FrameReference(
      number: UInt64(numberHigh) << 32 | UInt64(numberLow), file: UInt32(file), numberInFile: numberInFile)
  }

  /// What it is.
  public var kind: Kind {
    switch form {
    case .request: .request(method)
    case .response: .response(status: UInt16(truncatingIfNeeded: code), method: method)
    case .diameterRequest: .diameterRequest(command: code, application: detail)
    case .answerWithoutResult: .diameterAnswer(command: code, application: detail, result: nil)
    case .answer:
      .diameterAnswer(command: code, application: detail, result: .base(UInt32(truncatingIfNeeded: content)))
    case .experimentalAnswer:
      .diameterAnswer(
        command: code, application: detail,
        result: .experimental(
          vendor: UInt32(truncatingIfNeeded: content >> 32), code: UInt32(truncatingIfNeeded: content)))
    }
  }

  /// The hash of a SIP message and its way: what tells a message seen again. 0 for Diameter, where its exchange knows.
  var fingerprint: UInt64 { form == .request || form == .response ? content : 0 }

  /// What tells a copy of the same transmission of a SIP message; see `Observed.transmissionMark`.
  var mark: UInt32 { form == .request || form == .response ? detail : 0 }

  /// The place of its leg in the trail; nil for Diameter.
  var leg: Int? {
    get { legIfAny == .max ? nil : Int(legIfAny) }
    set { legIfAny = newValue.map { UInt16(clamping: $0) } ?? .max }
  }

  /// A message as it was seen.
  init(
    time: Timestamp, frame: FrameReference, from: NodeHandle, to: NodeHandle, transport: TransportProtocol, kind: Kind,
    isRetransmission: Bool, copies: UInt16, point: CapturePointHandle = .first, fingerprint: UInt64, mark: UInt32
  ) {
    self.time = time
    numberLow = UInt32(truncatingIfNeeded: frame.number)
    numberHigh = UInt16(truncatingIfNeeded: frame.number >> 32)
    numberInFile = frame.numberInFile
    file = UInt16(truncatingIfNeeded: frame.file)
    self.from = from
    self.to = to
    self.transport = transport
    self.isRetransmission = isRetransmission
    self.copies = copies
    self.point = point
    switch kind {
    case .request(let method):
      (form, code, self.method, content, detail) = (.request, 0, method, fingerprint, mark)
    case .response(let status, let method):
      (form, code, self.method, content, detail) = (.response, UInt32(status), method, fingerprint, mark)
    case .diameterRequest(let command, let application):
      (form, code, method, content, detail) = (.diameterRequest, command, .unknown, 0, application)
    case .diameterAnswer(let command, let application, let result):
      (code, method, detail) = (command, .unknown, application)
      switch result {
      case nil: (form, content) = (.answerWithoutResult, 0)
      case .base(let code): (form, content) = (.answer, UInt64(code))
      case .experimental(let vendor, let code):
        (form, content) = (.experimentalAnswer, UInt64(vendor) << 32 | UInt64(code))
      }
    }
  }

  /// Whether it is a SIP message that its receiver acts on: 100 only says that one arrived (RFC 3261 section 21.1.1).
  var asksForAction: Bool {
    switch form {
    case .request: method != .ack
    case .response: code != 100
    case .diameterRequest, .answerWithoutResult, .answer, .experimentalAnswer: false
    }
  }
}
