import ByteReading
import CaptureFacts

/// All subscribers seen so far: identities, and which of them belong to one subscriber.
public struct SubscriberDirectory: Sendable {
  /// How many Diameter exchanges outside of records a subscriber keeps, the first ones; the rest is counted.
  static let keptExchanges = 64

  /// How many changes of access and device a subscriber keeps, the first ones.
  static let keptAccesses = 32

  /// How many bindings a subscriber keeps, the first ones.
  static let keptBindings = 16

  /// What is kept of one subscriber beside its identities.
  private struct State {
    let hash: UInt64
    var mergedInto: UInt32
    var merged: [UInt32] = []
    var identities: [UInt32] = []
    var records: [RecordIdentifier] = []
    var diameter: [DiameterExchange] = []
    var contacts: [String] = []
    var accesses: [SubscriberAccess] = []
    var bindings: [SubscriberBinding] = []
    var servingCSCF: String?
    var serviceProfile: ServiceProfileReference?
  }

  /// One identity.
  private struct Identity {
    let text: String
    let isPrivate: Bool
    var subscriber: UInt32
  }

  private var states: [State] = []
  private var identities: [Identity] = []
  private var places: [KeyedHash: UInt32] = [:]
  private var profiles = ServiceProfileStore()
  private let key: HashKey
  /// The country code of the network, where the user says it.
  private let countryCode: String?
  /// The first identity with each international number.
  private var numbers: [KeyedHash: UInt32] = [:]
  /// Exchanges beyond `keptExchanges`.
  private(set) var exchangesDropped: UInt64 = 0

  init(key: HashKey, countryCode: String? = nil) {
    self.key = key
    self.countryCode = countryCode
  }

  // MARK: - Identities

  /// The subscriber with this identity, in the form of `IdentityText`; nil where it was never seen.
  func subscriber(with identity: String, isPrivate: Bool) -> SubscriberHandle? {
    let place =
      places[hash(identity, isPrivate)] ?? (isPrivate ? nil : number(of: identity).flatMap { numbers[$0] })
    return place.map { root(SubscriberHandle(index: identities[Int($0)].subscriber)) }
  }

  /// The subscriber with the identity that a URI names; nil where it was never seen.
  func subscriber(ofURI uri: String) -> SubscriberHandle? {
    IdentityText.publicIdentity(uri).flatMap { subscriber(with: $0, isPrivate: false) }
  }

  /// All public identities of a subscriber.
  func publicIdentities(of handle: SubscriberHandle) -> [String] {
    states[Int(root(handle).index)].identities.map { identities[Int($0)] }.filter { !$0.isPrivate }.map(\.text)
  }

  /// The subscriber with this identity, a new one where it was never seen.
  mutating func noteIdentity(_ identity: String, isPrivate: Bool) -> SubscriberHandle {
    let hash = hash(identity, isPrivate)
    if let place = places[hash] { return root(SubscriberHandle(index: identities[Int(place)].subscriber)) }
    let index = UInt32(truncatingIfNeeded: states.count)
    let place = UInt32(truncatingIfNeeded: identities.count)
    places[hash] = place
    identities.append(Identity(text: identity, isPrivate: isPrivate, subscriber: index))
    var state = State(hash: RecordIdentifier.hash(of: [identity]), mergedInto: index)
    state.identities = [place]
    states.append(state)
    let handle = SubscriberHandle(index: index)
    guard !isPrivate, let number = number(of: identity) else { return handle }
    if let known = numbers[number] {
      merge(SubscriberHandle(index: identities[Int(known)].subscriber), handle)
    } else {
      numbers[number] = place
    }
    return root(handle)
  }

  /// Notes that two subscribers are one.
  mutating func merge(_ first: SubscriberHandle, _ second: SubscriberHandle) {
    var into = root(first)
    var from = root(second)
    guard into != from else { return }
    // The one seen first keeps its name.
    if from.index < into.index { swap(&from, &into) }
    let state = states[Int(from.index)]
    states[Int(from.index)] = State(hash: state.hash, mergedInto: into.index)
    let place = Int(into.index)
    states[place].merged.append(from.index)
    states[place].merged += state.merged
    states[place].identities += state.identities
    states[place].records += state.records
    for exchange in state.diameter { keep(exchange, at: place) }
    for contact in state.contacts where !states[place].contacts.contains(contact) {
      states[place].contacts.append(contact)
    }
    if !state.accesses.isEmpty {
      let accesses = (states[place].accesses + state.accesses).sorted { $0.time < $1.time }
      states[place].accesses = []
      for access in accesses { keep(access, at: place) }
    }
    if !state.bindings.isEmpty {
      let bindings = (states[place].bindings + state.bindings).sorted { $0.registered < $1.registered }
      states[place].bindings = Array(bindings.prefix(SubscriberDirectory.keptBindings))
    }
    states[place].servingCSCF = state.servingCSCF ?? states[place].servingCSCF
    states[place].serviceProfile = state.serviceProfile ?? states[place].serviceProfile
  }

  /// The handle that `handle` resolves to now.
  func root(_ handle: SubscriberHandle) -> SubscriberHandle {
    var index = handle.index
    while states[Int(index)].mergedInto != index { index = states[Int(index)].mergedInto }
    return SubscriberHandle(index: index)
  }

  /// The number of a public identity, hashed.
  private func number(of identity: String) -> KeyedHash? {
    InternationalNumber.digits(of: identity, countryCode: countryCode).map { key.hash($0) }
  }

  private func hash(_ identity: String, _ isPrivate: Bool) -> KeyedHash {
    key.hash(identity).combined(with: isPrivate ? 1 : 0)
  }

  // MARK: - What subscribers did

  mutating func note(_ record: RecordIdentifier, of handle: SubscriberHandle) {
    states[Int(root(handle).index)].records.append(record)
  }

  mutating func note(_ exchange: DiameterExchange, of handle: SubscriberHandle) {
    keep(exchange, at: Int(root(handle).index))
  }

  mutating func note(contact: String, of handle: SubscriberHandle) {
    let place = Int(root(handle).index)
    guard !states[place].contacts.contains(contact), states[place].contacts.count < 8 else { return }
    states[place].contacts.append(contact)
  }

  /// Notes how a subscriber was reached, where this changed.
  mutating func note(_ access: SubscriberAccess, of handle: SubscriberHandle) {
    keep(access, at: Int(root(handle).index))
  }

  /// Notes the cell that a subscriber was in at a time, as a call says; the rest is as it was then.
  mutating func note(cell: String, at time: Timestamp, frame: FrameReference?, of handle: SubscriberHandle) {
    let place = Int(root(handle).index)
    let accesses = states[place].accesses
    let before = accesses.lastIndex { $0.time <= time }
    guard accesses.count < SubscriberDirectory.keptAccesses, before.map({ accesses[$0].accessNetwork != cell }) ?? true
    else { return }
    var access = before.map { accesses[$0] } ?? SubscriberAccess(time: time)
    access.time = time
    access.frame = frame
    access.accessNetwork = cell
    states[place].accesses.insert(access, at: before.map { $0 + 1 } ?? 0)
  }

  /// The visited network of a subscriber at that time, as the last registration before it told.
  func visitedNetwork(of handle: SubscriberHandle, at time: Timestamp) -> String? {
    states[Int(root(handle).index)].accesses.last { $0.time <= time && $0.visitedNetwork != nil }?.visitedNetwork
  }

  private mutating func keep(_ access: SubscriberAccess, at place: Int) {
    guard !access.isEmpty, states[place].accesses.last.map({ !$0.isSame(as: access) }) ?? true,
      states[place].accesses.count < SubscriberDirectory.keptAccesses
    else { return }
    states[place].accesses.append(access)
  }

  /// Notes that a contact was registered or refreshed.
  mutating func note(_ binding: SubscriberBinding, of handle: SubscriberHandle) {
    let place = Int(root(handle).index)
    for known in states[place].bindings.indices { states[place].bindings[known].expire(before: binding.registered) }
    let known = states[place].bindings.lastIndex { $0.ended == nil && $0.device == binding.device }
    if let known {
      states[place].bindings[known].refreshes += 1
      states[place].bindings[known].refreshed = binding.registered
      states[place].bindings[known].contact = binding.contact
      states[place].bindings[known].expires = binding.expires
    } else if states[place].bindings.count < SubscriberDirectory.keptBindings {
      states[place].bindings.append(binding)
    }
  }

  /// Notes that the binding of `device`, or of all of them for nil, ended.
  mutating func endBindings(
    of handle: SubscriberHandle, device: String?, by end: SubscriberBinding.End, at time: Timestamp
  ) {
    let place = Int(root(handle).index)
    for known in states[place].bindings.indices {
      states[place].bindings[known].expire(before: time)
      let binding = states[place].bindings[known]
      guard binding.ended == nil, device == nil || device == binding.device else { continue }
      states[place].bindings[known].ended = time
      states[place].bindings[known].endedBy = end
    }
  }

  /// The input is over: what expired by then has ended.
  mutating func expireBindings(before time: Timestamp) {
    for place in states.indices {
      for known in states[place].bindings.indices { states[place].bindings[known].expire(before: time) }
    }
  }

  mutating func note(servingCSCF: String, of handle: SubscriberHandle) {
    states[Int(root(handle).index)].servingCSCF = servingCSCF
  }

  /// Looks at a profile that the HSS sent.
  func look(atUserData userData: RawSpan) -> UserDataSighting { profiles.look(at: userData) }

  /// Keeps the profile that the HSS sent of a subscriber, where a look at it found this; false where there was no room.
  mutating func note(userData: RawSpan, _ sighting: UserDataSighting? = nil, of handle: SubscriberHandle) -> Bool {
    guard let reference = profiles.note(userData, sighting, key: key) else { return false }
    states[Int(root(handle).index)].serviceProfile = reference
    return true
  }

  /// Whether any profile is known.
  var knowsProfiles: Bool { !profiles.contents.isEmpty }

  /// The profile that the HSS sent of a subscriber last; nil where it did not.
  func serviceProfile(of handle: SubscriberHandle) -> ServiceProfileReference? {
    states[Int(root(handle).index)].serviceProfile
  }

  /// The content that a reference names.
  func content(of reference: ServiceProfileReference) -> [UInt8]? {
    let place = Int(reference.content)
    return profiles.contents.indices.contains(place) ? profiles.contents[place] : nil
  }

  private mutating func keep(_ exchange: DiameterExchange, at place: Int) {
    guard states[place].diameter.count < SubscriberDirectory.keptExchanges else {
      exchangesDropped += 1
      return
    }
    states[place].diameter.append(exchange)
  }

  // MARK: - For reports

  /// The id of the subscriber that a handle names now.
  public func id(of handle: SubscriberHandle) -> RecordIdentifier {
    RecordIdentifier(kind: .subscriber, hash: states[Int(root(handle).index)].hash)
  }

  /// Calls `body` with each subscriber, in the order in which they were first seen. One at a time, so that a report of
  /// a million of them needs no memory for all.
  public func forEach(_ body: (Subscriber) throws -> Void) rethrows {
    for place in states.indices where states[place].mergedInto == UInt32(place) {
      try body(subscriber(at: place))
    }
  }

  private func subscriber(at place: Int) -> Subscriber {
    let state = states[place]
    let known = state.identities.map { identities[Int($0)] }
    return Subscriber(
      id: RecordIdentifier(kind: .subscriber, hash: state.hash),
      mergedIDs: state.merged.map { RecordIdentifier(kind: .subscriber, hash: states[Int($0)].hash) },
      privateIdentities: known.filter(\.isPrivate).map(\.text),
      publicIdentities: known.filter { !$0.isPrivate }.map(\.text),
      registrations: state.records.filter { $0.kind == .registration },
      calls: state.records.filter { $0.kind == .call },
      messaging: state.records.filter { $0.kind == .messaging },
      diameter: state.diameter.sorted { $0.start < $1.start },
      contacts: state.contacts, accesses: state.accesses, bindings: state.bindings, servingCSCF: state.servingCSCF,
      serviceProfile: state.serviceProfile)
  }
}
