import CaptureFacts
import SIPMessages

/// Why a call was released, refused or cancelled, as a Reason header says (RFC 3326).
public struct CallReason: Sendable {
  /// How many a call keeps: a node may give one of SIP and one of Q.850, and each side its own.
  static let kept = 8

  /// The method of the request, or of the response's, that carries it.
  public var method: SIPMethod
  /// `SIP`, `Q.850`, ...
  public var protocolName: String
  /// The cause in the numbers of that protocol.
  public var cause: UInt16?
  /// What the cause says; nil where the standard has no words for it.
  public var meaning: String?
  /// What the node wrote for people.
  public var text: String?
  /// The message.
  public var frame: FrameReference

  /// What a cause of Q.850 says (ITU-T Q.850 (05/2018) table 1).
  static let bearerCauses: [UInt16: String] = [
    1: "unallocated number", 2: "no route to transit network", 3: "no route to destination",
    4: "send special information tone", 5: "misdialled trunk prefix", 6: "channel unacceptable",
    7: "call awarded in established channel", 8: "preemption", 9: "preemption, circuit reserved",
    14: "ported number", 16: "normal call clearing", 17: "user busy", 18: "no user responding",
    19: "no answer from user", 20: "subscriber absent", 21: "call rejected", 22: "number changed",
    23: "redirection to new destination", 24: "call rejected due to feature at the destination",
    25: "exchange routing error", 26: "non-selected user clearing", 27: "destination out of order",
    28: "invalid number format", 29: "facility rejected", 30: "response to status enquiry", 31: "normal, unspecified",
    34: "no circuit available", 38: "network out of order", 39: "permanent frame mode connection out of service",
    40: "permanent frame mode connection operational", 41: "temporary failure", 42: "switching equipment congestion",
    43: "access information discarded", 44: "requested circuit not available", 46: "precedence call blocked",
    47: "resource unavailable", 49: "quality of service not available", 50: "facility not subscribed",
    53: "outgoing calls barred within closed user group", 55: "incoming calls barred within closed user group",
    57: "bearer capability not authorised", 58: "bearer capability not available",
    62: "inconsistency in access information and subscriber class", 63: "service not available",
    65: "bearer capability not supported", 66: "channel type not supported", 69: "facility not supported",
    70: "only restricted digital information available", 79: "service not supported", 81: "invalid call reference",
    82: "channel does not exist", 83: "suspended call exists, identity does not", 84: "call identity in use",
    85: "no call suspended", 86: "call with this identity has been cleared", 87: "not a member of closed user group",
    88: "incompatible destination", 90: "closed user group does not exist", 91: "invalid transit network selection",
    95: "invalid message", 96: "mandatory information element missing", 97: "message type not supported",
    98: "message not compatible with call state", 99: "information element not supported",
    100: "invalid information element contents", 101: "message not compatible with call state",
    102: "recovery on timer expiry", 103: "parameter not supported, passed on",
    110: "message with unrecognised parameter discarded", 111: "protocol error", 127: "interworking",
  ]

  /// What a status of SIP says as a reason: those that nodes write into CANCEL and BYE (RFC 3326 section 2, TS 24.229
  /// section 5.2.8).
  static let sessionCauses: [UInt16: String] = [
    200: "completed elsewhere", 480: "temporarily unavailable", 486: "busy here", 487: "request terminated",
    488: "not acceptable here", 500: "server failure", 503: "service unavailable", 504: "no answer in time",
    580: "resources could not be reserved", 600: "busy everywhere", 603: "declined",
  ]
}
