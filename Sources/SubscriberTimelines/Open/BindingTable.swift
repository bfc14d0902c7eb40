import ByteReading
import CaptureFacts

/// Which addresses-of-record have a binding, as far as the capture tells (RFC 3261 section 10.3).
struct BindingTable {
  /// What is known of an address-of-record.
  enum State {
    /// Registered, until this time.
    case registered(until: Timestamp)
    /// Given up, or taken away.
    case deRegistered
  }

  private var states: [KeyedHash: State] = [:]

  subscript(addressOfRecord: KeyedHash) -> State? {
    get { states[addressOfRecord] }
    set { states[addressOfRecord] = newValue }
  }
}
