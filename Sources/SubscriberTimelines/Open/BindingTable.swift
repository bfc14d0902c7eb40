import ByteReading
import CaptureFacts

/// Which addresses-of-record have bindings, as far as the capture tells (RFC 3261 section 10.3): one for each device of
/// the user.
struct BindingTable {
  /// What is known of a binding.
  enum State {
    /// Registered, until this time.
    case registered(until: Timestamp)
    /// Given up, or taken away.
    case deRegistered
  }

  /// How many devices of a user are told apart.
  private static let devicesKept = 16

  private var states: [KeyedHash: [(device: KeyedHash, state: State)]] = [:]

  /// Whether anything is known of an address-of-record.
  func isKnown(_ addressOfRecord: KeyedHash) -> Bool {
    states[addressOfRecord] != nil
  }

  /// What is known of the binding of a device.
  func state(of addressOfRecord: KeyedHash, device: KeyedHash?) -> State? {
    states[addressOfRecord]?.first { $0.device == device }?.state
  }

  /// Notes a binding of a device; nil for all devices (`Contact: *`, RFC 3261 section 10.2.2).
  mutating func note(_ state: State, of addressOfRecord: KeyedHash, device: KeyedHash?) {
    guard let device else {
      endAll(of: addressOfRecord)
      return
    }
    var devices = states[addressOfRecord] ?? []
    if let place = devices.firstIndex(where: { $0.device == device }) {
      devices[place].state = state
    } else if devices.count < BindingTable.devicesKept {
      devices.append((device, state))
    }
    states[addressOfRecord] = devices
  }

  /// Notes that all bindings of an address-of-record have ended.
  mutating func endAll(of addressOfRecord: KeyedHash) {
    states[addressOfRecord] = (states[addressOfRecord] ?? []).map { ($0.device, .deRegistered) }
  }
}
