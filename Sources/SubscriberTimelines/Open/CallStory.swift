import ByteReading
import CaptureFacts

/// What the messages of a call tell of what happened in it, beside its sessions.
struct CallStory {
  var transfers: [CallTransfer] = []
  /// The CSeq and the sender's tag of each REFER, parallel to `transfers`.
  var referrals: [(cseq: UInt32, tag: KeyedHash?)] = []
  var diversions: [CallDiversion] = []
  var reasons: [CallReason] = []
  /// The tokens of TS 24.237 that its messages carry, each once.
  var continuityMarks: [String] = []
  /// The Contact with `isfocus` (RFC 4579 section 5.2).
  var focus: String?
  /// Whether a 1xx asked for PRACK (RFC 3262), or PRACK was sent.
  var hasReliableProvisional = false
  /// Whether a 1xx brought a description, or said that media flow (P-Early-Media, RFC 5009).
  var hasEarlyMedia = false
  /// Whether UPDATE or re-INVITE refreshed the session without an offer (RFC 4028).
  var isRefreshed = false
  /// Whether a request tells where the caller is: Geolocation (RFC 6442).
  var hasLocation = false
  /// The cell of the caller as P-Access-Network-Info has it.
  var accessNetwork: String?
  /// The cell of the callee, as its responses have it.
  var calleeAccessNetwork: String?
  /// Whether its INVITE was looked at for other calls that it names.
  var isRelated = false

  /// How many marks are kept.
  static let kept = 16

  /// Adds a diversion, unless it is known.
  mutating func add(_ diversion: CallDiversion) {
    guard diversions.count < CallDiversion.kept,
      !diversions.contains(where: {
        $0.source == diversion.source && $0.from == diversion.from && $0.to == diversion.to
          && $0.cause == diversion.cause
      })
    else { return }
    diversions.append(diversion)
  }
}
