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

  /// The binding of one device, and whose it is.
  private struct Binding {
    let device: KeyedHash
    var owner: KeyedHash?
    var state: State
  }

  private var states: [KeyedHash: [Binding]] = [:]

  /// Whether anything is known of an address-of-record.
  func isKnown(_ addressOfRecord: KeyedHash) -> Bool {
    states[addressOfRecord] != nil
  }

  /// What is known of the binding of a device.
  func state(of addressOfRecord: KeyedHash, device: KeyedHash?) -> State? {
    states[addressOfRecord]?.first { $0.device == device }?.state
  }

  /// Whether a device of this private identity has a binding that had not expired at `time`.
  func isRegistered(_ addressOfRecord: KeyedHash, by owner: KeyedHash?, since time: Timestamp) -> Bool {
    states[addressOfRecord]?.contains { binding in
      guard case .registered(let until) = binding.state else { return false }
      return until >= time && binding.owner == owner
    } ?? false
  }

  /// Notes a binding of a device; nil for all devices (`Contact: *`, RFC 3261 section 10.2.2).
  mutating func note(_ state: State, of addressOfRecord: KeyedHash, device: KeyedHash?, owner: KeyedHash?) {
    guard let device else {
      endAll(of: addressOfRecord)
      return
    }
    var devices = states[addressOfRecord] ?? []
    if let place = devices.firstIndex(where: { $0.device == device }) {
      devices[place].state = state
      devices[place].owner = owner ?? devices[place].owner
    } else if devices.count < BindingTable.devicesKept {
      devices.append(Binding(device: device, owner: owner, state: state))
    }
    states[addressOfRecord] = devices
  }

  /// Notes that all bindings of an address-of-record have ended.
  mutating func endAll(of addressOfRecord: KeyedHash) {
    for place in (states[addressOfRecord] ?? []).indices { states[addressOfRecord]?[place].state = .deRegistered }
  }
}
