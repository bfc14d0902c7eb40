/// Another record of the same story: the delivery of a short message that was submitted, the call that a transfer made.
///
/// Such records stay apart, for each has a user, an outcome and figures of its own. Both name each other as long as the
/// earlier one is open when the later one begins; after that only the later one can.
public struct RelatedRecord: Sendable {
  /// What the other record is to this one.
  public enum Relation: String, Sendable {
    /// The submission of the short message that this one delivers.
    case deliveryOf = "delivery_of"
    /// The delivery of the short message that this one submits.
    case deliveredBy = "delivered_by"
    /// The submission of the short message that this one reports on.
    case reportOn = "report_on"
    /// The status report on the short message that this one submits.
    case reportedBy = "reported_by"
    /// The call that was transferred: this one is what came of it.
    case transferOf = "transfer_of"
    /// The call that a transfer of this one made.
    case transferredTo = "transferred_to"
    /// The call of which this one replaces a dialog (RFC 3891).
    case replacementOf = "replacement_of"
    /// The call that replaced a dialog of this one.
    case replacedBy = "replaced_by"
    /// The call whose access leg this one moves (TS 24.237).
    case accessTransferOf = "access_transfer_of"
    /// The call that moved the access leg of this one.
    case accessTransferredBy = "access_transferred_by"
    /// The call that this one returns (RFC 3261 section 20.21).
    case answerTo = "answer_to"
    /// The call that returns this one.
    case answeredBy = "answered_by"
    /// The call with the focus of the conference whose state this one subscribes to (RFC 4575).
    case subscriptionOf = "subscription_of"
    /// The subscription to the state of the conference that this call takes part in.
    case subscribedBy = "subscribed_by"

    /// What this record is to the other one.
    var inverse: Relation {
      switch self {
      case .deliveryOf: .deliveredBy
      case .deliveredBy: .deliveryOf
      case .reportOn: .reportedBy
      case .reportedBy: .reportOn
      case .transferOf: .transferredTo
      case .transferredTo: .transferOf
      case .replacementOf: .replacedBy
      case .replacedBy: .replacementOf
      case .accessTransferOf: .accessTransferredBy
      case .accessTransferredBy: .accessTransferOf
      case .answerTo: .answeredBy
      case .answeredBy: .answerTo
      case .subscriptionOf: .subscribedBy
      case .subscribedBy: .subscriptionOf
      }
    }
  }

  /// How many a record names: those of a conference, or of a message that is delivered again and again.
  static let kept = 16

  /// The other record.
  public var id: RecordIdentifier
  /// What it is to this one.
  public var relation: Relation
  /// What tells so.
  public var joinedBy: Dialog.JoinKey
  /// How sure it is, from 0 to 1.
  public var confidence: Double
}
