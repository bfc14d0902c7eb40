import ByteReading

/// What the payload of a stream is, as far as it is looked into or has a place in a table of quality. Everything else is
/// `other`, and only the session description has its name.
public enum MediaCodec: UInt8, CaseIterable, Sendable {
  /// A codec without a row here, or none that is known.
  case other
  /// ITU-T G.711 mu-law.
  case pcmu
  /// ITU-T G.711 A-law.
  case pcma
  /// ITU-T G.722.
  case g722
  /// ITU-T G.723.1.
  case g723
  /// ITU-T G.729 with its annexes.
  case g729
  /// GSM full rate.
  case gsm
  /// GSM enhanced full rate.
  case gsmEFR
  /// TS 26.071.
  case amr
  /// TS 26.171.
  case amrWB
  /// TS 26.441.
  case evs
  /// RFC 6716.
  case opus
  /// RFC 6184.
  case h264
  /// RFC 7798.
  case h265
  /// Comfort noise (RFC 3389).
  case comfortNoise
  /// Telephone events (RFC 4733).
  case telephoneEvent
  /// Redundant audio data (RFC 2198).
  case redundancy
  /// Real-time text (RFC 4103).
  case t140

  /// The name as rtpmap writes it.
  public var name: String? { MediaCodec.names.first { $0.codec == self }?.name }

  /// The names as written, and in lower case to compare with.
  private static let names: [(codec: MediaCodec, name: String, lowered: StaticString)] = [
    (.pcmu, "PCMU", "pcmu"), (.pcma, "PCMA", "pcma"), (.g722, "G722", "g722"), (.g723, "G723", "g723"),
    (.g729, "G729", "g729"), (.gsm, "GSM", "gsm"), (.gsmEFR, "GSM-EFR", "gsm-efr"), (.amr, "AMR", "amr"),
    (.amrWB, "AMR-WB", "amr-wb"), (.evs, "EVS", "evs"), (.opus, "opus", "opus"), (.h264, "H264", "h264"),
    (.h265, "H265", "h265"), (.comfortNoise, "CN", "cn"), (.telephoneEvent, "telephone-event", "telephone-event"),
    (.redundancy, "red", "red"), (.t140, "t140", "t140"),
  ]

  /// The codec that `encoding` of rtpmap names, in any case (RFC 4855 section 3).
  public init(_ bytes: RawSpan, encoding: Range<Int>) {
    self = MediaCodec.names.first { bytes.equalsIgnoringCase($0.lowered, in: encoding) }?.codec ?? .other
  }

  /// The codec and clock rate that RFC 3551 section 6 assigns to a payload type; nil where it is dynamic or free.
  /// G.722 has a clock of 8000 there though it samples twice as often.
  public static func assigned(to payloadType: UInt8) -> (codec: MediaCodec, clockRate: UInt32)? {
    switch payloadType {
    case 0: (.pcmu, 8000)
    case 3: (.gsm, 8000)
    case 4: (.g723, 8000)
    case 8: (.pcma, 8000)
    case 9: (.g722, 8000)
    case 13, 19: (.comfortNoise, 8000)
    case 18: (.g729, 8000)
    case 5, 7, 12, 15: (.other, 8000)
    case 6: (.other, 16000)
    case 10, 11: (.other, 44100)
    case 16: (.other, 11025)
    case 17: (.other, 22050)
    case 14, 25, 26, 28, 31...34: (.other, 90000)
    default: nil
    }
  }

  /// Whether packets of it come between those of the medium rather than being it.
  var isAuxiliary: Bool { self == .comfortNoise || self == .telephoneEvent }
}
