import ServiceDocuments

/// What became of a short message over IP (TS 24.341): one that a UE sent, with what the centre said of it, or one that
/// was delivered to it.
public struct ShortMessageSummary: Sendable {
  /// What it is.
  public enum Kind: String, Sendable {
    /// From a UE to the centre.
    case submit
    /// From the centre to a UE.
    case deliver
    /// What became of one sent earlier.
    case statusReport = "status_report"
    /// About one sent earlier.
    case command
  }

  /// What the relay layer said.
  public enum RelayOutcome: String, Sendable {
    /// RP-ACK.
    case acknowledged
    /// RP-ERROR.
    case refused
  }

  /// What it is; nil where its data was not seen or could not be read.
  public var kind: Kind?
  /// The number it came from, as DELIVER names it.
  public var originator: String?
  /// The number it goes to, as SUBMIT names it.
  public var destination: String?
  /// The number of the centre.
  public var serviceCentre: String?
  /// RP-Message-Reference of its data.
  public var relayReference: UInt8?
  /// TP-Message-Reference.
  public var reference: UInt8?
  /// Which part of a long message it is.
  public var concatenation: ShortMessageContent.Concatenation?
  /// RP-ACK or RP-ERROR; nil where neither was seen.
  public var relayOutcome: RelayOutcome?
  /// RP-Cause of an RP-ERROR.
  public var relayCause: RelayCause?
  /// TP-Failure-Cause of an RP-ERROR.
  public var failureCause: UInt8?
  /// TP-Status of the status report.
  public var status: UInt8?

  /// What TP-Status says; nil where there is none or it is reserved.
  public var statusName: String? { status.flatMap { ShortMessageResult.statusName($0) } }

  /// What TP-Failure-Cause says; nil where there is none or it is reserved.
  public var failureCauseName: String? { failureCause.flatMap { ShortMessageResult.failureName($0) } }
}
