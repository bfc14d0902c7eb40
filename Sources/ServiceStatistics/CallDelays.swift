import CaptureFacts
import SIPMessages
import SubscriberTimelines

/// The delays of one call that RFC 6076 takes from its messages nearest the user who sent the request.
struct CallDelays {
  /// INVITE to the first response other than 100 that is not a failure (section 4.3.1), in nanoseconds.
  private(set) var firstStatus: Int64?
  /// INVITE to the final response of a failed request (section 4.3.2), in nanoseconds.
  private(set) var failure: Int64?
  /// BYE to its 2xx (section 4.4), in nanoseconds.
  private(set) var disconnect: Int64?

  init(_ events: [TimelineEvent]) {
    var invite: (time: Timestamp, sender: NodeHandle)?
    var bye: (time: Timestamp, sender: NodeHandle)?
    for event in events {
      switch event.kind {
      case .request(.invite) where invite == nil: invite = (event.time, event.from)
      case .request(.bye) where bye == nil: bye = (event.time, event.from)
      case .response(let status, .invite):
        guard let invite, event.to == invite.sender, firstStatus == nil else { continue }
        let delay = event.time.nanoseconds(since: invite.time)
        switch status {
        case 101...299: firstStatus = delay
        // A challenge is answered by the same attempt with credentials.
        case 401, 407: break
        case 300...: failure = failure ?? delay
        default: break
        }
      case .response(200...299, .bye):
        guard let bye, event.to == bye.sender, disconnect == nil else { continue }
        disconnect = event.time.nanoseconds(since: bye.time)
      default: break
      }
    }
  }
}
