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

  /// The records under one key: nearly always one, which needs no array.
  private enum Places {
    case one(Int)
    case several([Int])
  }

  private var places: [KeyedHash: Places] = [:]

  /// The places of the records that a key names, oldest first.
  func places(_ name: Name, _ key: KeyedHash) -> [Int] {
    switch places[key.combined(with: name.rawValue)] {
    case .one(let place): [place]
    case .several(let places): places
    case nil: []
    }
  }

  /// The place of the record that a key names, where it names just one.
  func onlyPlace(_ name: Name, _ key: KeyedHash) -> Int? {
    guard case .one(let place) = places[key.combined(with: name.rawValue)] else { return nil }
    return place
  }

  /// Adds a record under a key; once, however often it is asked.
  mutating func add(_ place: Int, _ name: Name, _ key: KeyedHash) {
    let key = key.combined(with: name.rawValue)
    switch places[key] {
    case nil: places[key] = .one(place)
    case .one(let known): if known != place { places[key] = .several([known, place]) }
    case .several(var known):
      guard !known.contains(place) else { return }
      // Taken out, so that it is not copied.
      places[key] = .one(place)
      if known.count >= OpenIndex.placesKept { known.removeFirst() }
      known.append(place)
      places[key] = .several(known)
    }
  }

  /// Takes a record away from a key.
  mutating func remove(_ place: Int, _ name: Name, _ key: KeyedHash) {
    let key = key.combined(with: name.rawValue)
    switch places[key] {
    case nil: return
    case .one(let known): if known == place { places[key] = nil }
    case .several(var remaining):
      remaining.removeAll { $0 == place }
      places[key] = remaining.isEmpty ? nil : remaining.count == 1 ? .one(remaining[0]) : .several(remaining)
    }
  }
}
