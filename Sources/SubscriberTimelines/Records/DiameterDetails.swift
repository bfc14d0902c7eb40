import ByteReading

/// What an exchange carried, as keys and values for reports: Session-Id, identities, types by name, Server-Name, ...; never
/// a key or credential. One piece of memory, for thousands of exchanges are open at once, and subscribers keep some.
public struct DiameterDetails: Sendable {
  /// What a value is.
  public enum Key: UInt8, CaseIterable, Sendable {
    case sessionID, originHost, destinationHost, userName, publicIdentities, visitedNetwork, serverName
    case userAuthorizationType, serverAssignmentType, requestedScheme, resynchronisation, reasonCode, reasonInfo
    case specificActions, abortCause
    case answerOriginHost, assignedServerName, authenticationSchemes, capableServers, mandatoryCapabilities
    case errorMessage, errorReportingHost, failedAVP, userDataBytes

    /// The key in reports.
    public var name: StaticString {
      switch self {
      case .sessionID: "session_id"
      case .originHost: "origin_host"
      case .destinationHost: "destination_host"
      case .userName: "user_name"
      case .publicIdentities: "public_identities"
      case .visitedNetwork: "visited_network"
      case .serverName: "server_name"
      case .userAuthorizationType: "user_authorization_type"
      case .serverAssignmentType: "server_assignment_type"
      case .requestedScheme: "requested_scheme"
      case .resynchronisation: "resynchronisation"
      case .reasonCode: "reason_code"
      case .reasonInfo: "reason_info"
      case .specificActions: "specific_actions"
      case .abortCause: "abort_cause"
      case .answerOriginHost: "answer_origin_host"
      case .assignedServerName: "assigned_server_name"
      case .authenticationSchemes: "authentication_schemes"
      case .capableServers: "capable_servers"
      case .mandatoryCapabilities: "mandatory_capabilities"
      case .errorMessage: "error_message"
      case .errorReportingHost: "error_reporting_host"
      case .failedAVP: "failed_avp"
      case .userDataBytes: "user_data_bytes"
      }
    }
  }

  /// How a value is to be read.
  public enum Kind: UInt8, Sendable {
    /// A text.
    case text
    /// A text that is one of a list.
    case element
    /// A number.
    case number
  }

  /// One value: where its text lies, or its number.
  public struct Entry: Sendable {
    /// What it is.
    public let key: Key
    /// How it is to be read.
    public let kind: Kind
    /// Where its text lies in `span`.
    public let range: Range<Int>
    /// The number, 0 for a text.
    public let number: UInt32
  }

  /// Entry after entry: key, kind, and then either the four bytes of a number, or the length of a text, seven bits in a byte,
  /// the least first, and its bytes.
  private var bytes: [UInt8] = []

  /// Nothing carried.
  public init() {}

  /// Whether there is nothing.
  public var isEmpty: Bool { bytes.isEmpty }

  /// The bytes in which texts lie, as they were on the wire.
  public var span: RawSpan {
    @_lifetime(borrow self)
    get { unsafe bytes.span.bytes }
  }

  // MARK: - Adding

  /// Adds the text in `range`; nothing where it is empty, unless it is one of a list.
  public mutating func add(_ key: Key, _ text: RawSpan, in range: Range<Int>, as kind: Kind = .text) {
    guard !range.isEmpty || kind == .element else { return }
    if bytes.capacity < bytes.count + range.count + 8 {
      bytes.reserveCapacity(bytes.count + max(DiameterDetails.step, range.count + 8))
    }
    begin(key, kind)
    var length = range.count
    while length >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: length) | 0x80)
      length >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: length))
    bytes.append(text, in: range)
  }

  /// Adds a text.
  public mutating func add(_ key: Key, _ text: String, as kind: Kind = .text) {
    let bytes = unsafe text.utf8.span.bytes
    add(key, bytes, in: 0..<bytes.byteCount, as: kind)
  }

  /// Adds a number.
  public mutating func add(_ key: Key, number: UInt32) {
    begin(key, .number)
    for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
  }

  /// How much room there is more each time: what a request about a user takes, and then its answer.
  private static let step = 160

  private mutating func begin(_ key: Key, _ kind: Kind) {
    bytes.append(key.rawValue)
    bytes.append(kind.rawValue)
  }

  // MARK: - Reading

  /// Calls `body` with each entry, in order.
  public func forEach(_ body: (Entry) -> Void) {
    var offset = 0
    while let entry = entry(at: &offset) { body(entry) }
  }

  /// The entry at `offset`, which is moved behind it; nil at the end.
  public func entry(at offset: inout Int) -> Entry? {
    guard offset + 2 < bytes.count, let key = Key(rawValue: bytes[offset]), let kind = Kind(rawValue: bytes[offset + 1])
    else { return nil }
    offset += 2
    if kind == .number {
      guard offset + 4 <= bytes.count else { return nil }
      let number = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
      offset += 4
      return Entry(key: key, kind: kind, range: offset..<offset, number: number)
    }
    var length = 0
    var shift = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      length |= Int(byte & 0x7f) << shift
      shift += 7
      if byte & 0x80 == 0 { break }
    }
    let range = offset..<min(offset + length, bytes.count)
    offset = range.upperBound
    return Entry(key: key, kind: kind, range: range, number: 0)
  }

  /// The first text under a key; nil where there is none.
  public func text(_ key: Key) -> String? {
    var offset = 0
    while let entry = entry(at: &offset) {
      if entry.key == key, entry.kind != .number { return span.text(in: entry.range) }
    }
    return nil
  }

  /// Whether the first text under a key is this one.
  public func has(_ key: Key, _ text: StaticString) -> Bool {
    var offset = 0
    while let entry = entry(at: &offset) {
      if entry.key == key, entry.kind != .number {
        return entry.range.count == text.utf8CodeUnitCount && span.hasBytes(text, at: entry.range.lowerBound)
      }
    }
    return false
  }

  /// The texts under a key; empty where there is none.
  public func texts(_ key: Key) -> [String] {
    var texts: [String] = []
    forEach { if $0.key == key, $0.kind != .number { texts.append(span.text(in: $0.range)) } }
    return texts
  }
}
