import ByteReading

/// Finds open records by what their messages and exchanges name: Call-ID, identity, target, charging identifier, session,
/// address of the UE, correlation identifier of a capture agent.
struct OpenIndex {
  /// How many records are kept under one key, the latest: few things of one user are open at once, and a key that all
  /// records share tells nothing and must not cost more with each of them.
  static let placesKept = 256

  /// What a key is; the same text is another key under another name.
  enum Name: UInt64 {
    case callID = 1
    case identity
    case target
    case chargingIdentifier
    case session
    case address
    /// RP-Message-Reference of data, with the user and the direction.
    case relayReference
    /// TP-Message-Reference of what a user submitted.
    case transferReference
    /// The user that a subscription watches, with the event package.
    case presentity
    /// The subscriber whose registration the network ended.
    case endedRegistration
    case correlation
    /// One half of a Session-ID.
    case sessionIdentifier
    /// The origin of the description that the caller offered.
    case descriptionOrigin
    /// Where the caller wants its media.
    case mediaAddress
    /// The two users of a call.
    case parties
    /// The user whom somebody was referred to.
    case referral
    /// The user who calls.
    case caller
    /// The focus of a conference.
    case focus
    /// Where a session description of a call asks for media.
    case media
  }

  /// One key of a record.
  struct Entry: Equatable {
    let name: Name
    let key: KeyedHash
  }

  private var places: [KeyedHash: [Int]] = [:]

  /// The places of the records that a key names, oldest first.
  func places(_ name: Name, _ key: KeyedHash) -> [Int] {
    places[key.combined(with: name.rawValue)] ?? []
  }

  /// Adds a record under a key; once, however often it is asked.
  mutating func add(_ place: Int, _ name: Name, _ key: KeyedHash) {
    let key = key.combined(with: name.rawValue)
    guard places[key]?.contains(place) != true else { return }
    if let count = places[key]?.count, count >= OpenIndex.placesKept { places[key]?.removeFirst() }
    places[key, default: []].append(place)
  }

  /// Takes a record away from a key.
  mutating func remove(_ place: Int, _ name: Name, _ key: KeyedHash) {
    let key = key.combined(with: name.rawValue)
    guard var remaining = places[key] else { return }
    remaining.removeAll { $0 == place }
    places[key] = remaining.isEmpty ? nil : remaining
  }
}
