import CaptureFacts
import ServiceDocuments

/// An application server that the service profile of a user names for a request, and whether the S-CSCF asked it (TS 24.229
/// sections 5.4.1.7, 5.4.3.2 and 5.4.3.3).
public struct ServiceInvocation: Sendable {
  /// Whether it was asked.
  public enum State: String, Sendable {
    /// The S-CSCF sent it the request.
    case asked
    /// It did not, though what both say to each other is in the capture, and the request went on.
    case notAsked = "not_asked"
    /// The capture does not show: it holds nothing that the two say to each other, or the request did not get that far.
    case notSeen = "not_seen"
  }

  /// The URI of the application server, as the profile has it.
  public var applicationServer: String
  /// The priority of the filter criteria; the lowest number comes first.
  public var priority: Int64?
  /// Their condition as a person reads it.
  public var trigger: String
  /// Whose request it is.
  public var sessionCase: ServicePointTrigger.SessionCase
  /// The method of the request.
  public var method: String
  /// What the S-CSCF does where the application server fails; nil leaves it to the S-CSCF.
  public var defaultHandling: InitialFilterCriteria.DefaultHandling?
  /// The S-CSCF.
  public var servingCSCF: NodeHandle
  /// The frame in which the request came to the S-CSCF.
  public var requestFrame: FrameReference
  /// Whether it was asked.
  public var state: State
  /// The frame in which it was.
  public var askedFrame: FrameReference?
  /// Its final response; nil where there was none.
  public var status: UInt16?
}
