import CaptureFacts
import SIPMessages

/// One SIP transaction on one hop (RFC 3261 section 17): the request and what came back.
struct HopTransaction {
  /// The topmost Via of the request, hashed.
  let branch: UInt64
  /// The number of CSeq.
  let cseq: UInt32
  /// The method of the request.
  let method: SIPMethod
  /// Who sent the request.
  let from: NodeHandle
  /// Who received it.
  let to: NodeHandle
  /// How far the request had come: the number of its Via values.
  let viaCount: Int
  /// The place of its leg in the trail.
  let leg: Int
  /// Whether the request belongs to a dialog that exists: it has a To tag (RFC 3261 section 12.2).
  let isInDialog: Bool
  /// Whether the request carried an icid-value (RFC 7315 section 4.6); known of INVITE outside of a dialog only.
  var hasChargingIdentifier = false
  /// Whether a success was sent by the very address that its Contact names: by the end of the session, not by a proxy on
  /// the way (RFC 3261 section 12.1.1).
  var isAnsweredByItsEnd = false
  /// When the request was seen; nil where only a response is in the capture.
  var requestTime: Timestamp?
  /// The frame of the request, or of the first response.
  var frame: FrameReference
  /// When it was first or last sent: the latest of request and retransmissions.
  var lastRequestTime: Timestamp
  /// How often the request was sent again.
  var retransmissions = 0
  /// When the first 100 came back.
  var tryingTime: Timestamp?
  /// When the first response from 101 to 199 came back.
  var provisionalTime: Timestamp?
  /// When the first 180 came back.
  var ringingTime: Timestamp?
  /// The first final response; 0 for none.
  var finalStatus: UInt16 = 0
  /// When it came back.
  var finalTime: Timestamp?
  /// Its frame.
  var finalFrame: FrameReference?
}
