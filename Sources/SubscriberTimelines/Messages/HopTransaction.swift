import CaptureFacts
import SIPMessages

/// One SIP transaction on one hop (RFC 3261 section 17): the request and what came back.
///
/// A call has dozens and thousands of calls are open at once, so it is kept small: 120 bytes.
struct HopTransaction {
  /// The topmost Via of the request, hashed.
  let branch: UInt64
  /// The number of CSeq.
  let cseq: UInt32
  /// Who sent the request.
  let from: NodeHandle
  /// Who received it.
  let to: NodeHandle
  private let viaNumber: UInt32
  private let legPlace: UInt32
  /// How often the request was sent again.
  var retransmissions: UInt32 = 0
  /// The first final response; 0 for none.
  var finalStatus: UInt16 = 0
  /// The method of the request.
  let method: SIPMethod
  /// Whether the request belongs to a dialog that exists: it has a To tag (RFC 3261 section 12.2).
  let isInDialog: Bool
  /// Whether the request carried an icid-value (RFC 7315 section 4.6); known of INVITE outside of a dialog only.
  var hasChargingIdentifier = false
  /// Whether the Request-URI is a telephone number (RFC 3966, RFC 3261 section 19.1.6); known of INVITE outside of a dialog
  /// only.
  var isToTelephone = false
  /// Whether a success was sent by the very address that its Contact names: by the end of the session, not by a proxy on
  /// the way (RFC 3261 section 12.1.1).
  var isAnsweredByItsEnd = false
  /// When the request was seen; nil where only a response is in the capture.
  @MomentIfAny var requestTime: Timestamp?
  /// The frame of the request, or of the first response.
  var frame: FrameReference
  /// When it was first or last sent: the latest of request and retransmissions.
  var lastRequestTime: Timestamp
  /// When the first 100 came back.
  @MomentIfAny var tryingTime: Timestamp?
  /// When the first response from 101 to 199 came back.
  @MomentIfAny var provisionalTime: Timestamp?
  /// When the first 180 came back.
  @MomentIfAny var ringingTime: Timestamp?
  /// When the final response came back.
  @MomentIfAny var finalTime: Timestamp?
  private var finalFrameIfAny = FrameReference(number: 0)

  /// How far the request had come: the number of its Via values.
  var viaCount: Int { Int(viaNumber) }

  /// The place of its leg in the trail.
  var leg: Int { Int(legPlace) }

  /// The frame of the final response.
  var finalFrame: FrameReference? {
    get { finalTime == nil ? nil : finalFrameIfAny }
    set { finalFrameIfAny = newValue ?? FrameReference(number: 0) }
  }

  /// Begins one with its request, or with a response whose request was not seen.
  init(
    branch: UInt64, cseq: UInt32, method: SIPMethod, from: NodeHandle, to: NodeHandle, viaCount: Int, leg: Int,
    isInDialog: Bool, requestTime: Timestamp?, frame: FrameReference, lastRequestTime: Timestamp
  ) {
    self.branch = branch
    self.cseq = cseq
    self.method = method
    self.from = from
    self.to = to
    viaNumber = UInt32(clamping: viaCount)
    legPlace = UInt32(clamping: leg)
    self.isInDialog = isInDialog
    self.frame = frame
    self.lastRequestTime = lastRequestTime
    self.requestTime = requestTime
  }
}
