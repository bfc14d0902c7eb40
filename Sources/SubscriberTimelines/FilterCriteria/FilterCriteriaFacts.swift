import ByteReading
import CaptureFacts
import ServiceDocuments

/// What is kept of an open record for the check of filter criteria: what a profile says of its requests, and whom the S-CSCF
/// sent them to.
/// A class, so that the many records without one keep no room for it.
final class FilterCriteriaFacts {
  /// How many expectations a record keeps: profiles have up to a dozen filter criteria, and a call serves two users.
  static let keptExpectations = 32

  /// How many requests that left the S-CSCF a record keeps.
  static let keptDepartures = 32

  /// A request of the record that came to the S-CSCF of a user.
  struct Arrival {
    /// Whose request it is.
    let sessionCase: ServicePointTrigger.SessionCase
    /// The S-CSCF.
    let servingCSCF: NodeHandle
    /// The Request-URI with which it came, hashed.
    let requestURI: KeyedHash
    /// The identity of the user whose profile says what is done with it.
    let servedUser: String
    /// Its frame.
    let frame: FrameReference
    /// The criteria that apply to it, in their order.
    var criteria: [InitialFilterCriteria]
    /// What the triggers look at, where the S-CSCF has yet to ask for the profile; nil once the profile has been applied.
    var pending: FilterSubject?
  }

  /// A request of the record that left an S-CSCF.
  struct Departure {
    /// The host to which its topmost Route, or without one its Request-URI, sends it, in lower case.
    let host: String
    /// The place of its transaction in the trail.
    let transaction: Int
    /// How many arrivals there were before it.
    let arrivals: Int
  }

  var arrivals: [Arrival] = []
  var departures: [Departure] = []

  /// Nothing known yet.
  init() {}
}
