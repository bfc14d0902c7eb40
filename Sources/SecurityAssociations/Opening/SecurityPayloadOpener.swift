import ByteReading
import CaptureFacts

/// Opens encapsulating security payloads (RFC 4303): with the associations that the user gave, with those that signalling
/// taught, and where there is no encryption by structure. Nothing is believed whose integrity check value is wrong.
public struct SecurityPayloadOpener: ~Copyable {
  /// How many associations without encryption are remembered that only their structure showed.
  static let layoutLimit = 1 << 16
  /// How long: as those that signalling taught.
  static let layoutLifetime = SecurityAssociationTable.lifetime
  /// How many packets have to show the same layout before a packet is believed that its checksum contradicts.
  private static let confirmations = 2

  private var table = SecurityAssociationTable()
  private var rows: [SecurityAssociationRow] = []
  private var layouts = ExpiringTable<AssociationName, (layout: NullEncryptionLayout, seen: Int)>(
    bound: SecurityPayloadOpener.layoutLimit, lifetime: SecurityPayloadOpener.layoutLifetime)
  private let cipher = PayloadCipher()
  private let authentication = MessageAuthentications()
  private var tallies = AssociationTallies()
  /// Where decrypted bytes are written: made for the first packet that needs it, and used again for each.
  private var buffer: [UInt8] = []

  /// Knows no association yet.
  public init() {}

  /// Takes associations that the user gave; rows that come first are tried first.
  public mutating func give(_ rows: [SecurityAssociationRow]) { self.rows += rows }

  /// Takes keys that the user gave, for the registration with this challenge.
  public mutating func give(_ keys: AuthenticationKeys, for challenge: KeyedHash) { table.give(keys, for: challenge) }

  /// Takes what a message teaches, and returns the names of the associations that are worth another try.
  public mutating func learn(_ lesson: SecurityLesson, at time: Timestamp) -> [AssociationName] {
    table.learn(lesson, at: time)
  }

  /// Payloads opened so far.
  public var openedCount: UInt64 { tallies.opened }

  /// What became of the packets of each association so far.
  public var coverage: [SecurityAssociationCoverage] { tallies.all }

  /// Counts a payload that is given up.
  public mutating func countNotOpened(_ name: AssociationName, from source: IPAddress, _ reason: NotOpenedReason) {
    tallies.countNotOpened(name, from: source, reason)
  }

  /// Lends the buffer of decrypted bytes; it is to be given back.
  public mutating func takeBuffer() -> [UInt8] {
    let taken = buffer
    buffer = []
    return taken
  }

  /// Takes the buffer back.
  public mutating func giveBack(_ buffer: consuming [UInt8]) { self.buffer = buffer }

  /// Opens a payload, from its SPI to its integrity check value.
  public mutating func open(
    _ payload: RawSpan, from source: IPAddress, to destination: IPAddress, at time: Timestamp
  ) -> PayloadOpening {
    guard payload.byteCount >= 10 else { return .failed(.malformed) }
    let name = AssociationName(spi: payload.bigEndianUInt32(at: 0), destination: destination)
    var failure = NotOpenedReason.noKeys
    var mayBeUnencrypted = true
    for row in rows where row.matches(spi: name.spi, from: source, to: destination) {
      let attempt = PayloadAttempt(
        encryption: row.encryption, integrity: row.integrity, checkValueLength: row.checkValueLength, keys: row.keys)
      let opening = open(payload, attempt, source, destination)
      guard case .failed(let reason) = opening else {
        tallies.countOpened(
          name, from: source, .givenKeys, encryption: row.encryption, integrity: row.integrity)
        return opening
      }
      failure = reason
      if row.encryption == .null { mayBeUnencrypted = false }
    }
    var isExpectedUnencrypted = false
    for (generation, group) in table.groups(named: name).enumerated() {
      for (place, candidate) in group.candidates.enumerated() {
        guard let keys = candidate.keys else {
          isExpectedUnencrypted = isExpectedUnencrypted || candidate.encryption == .null
          continue
        }
        let length = candidate.encryption == .aesGCM ? 16 : candidate.integrity.checkValueLength
        let attempt = PayloadAttempt(
          encryption: candidate.encryption, integrity: candidate.integrity, checkValueLength: length, keys: keys)
        let opening = open(payload, attempt, source, destination)
        guard case .failed(let reason) = opening else {
          tallies.countOpened(
            name, from: source, .registrationKeys, encryption: candidate.encryption, integrity: candidate.integrity)
          group.settle(on: place)
          return opening
        }
        failure = reason
        if candidate.encryption == .null, generation == 0 { mayBeUnencrypted = false }
      }
    }
    guard mayBeUnencrypted,
      let content = openByStructure(payload, name, from: source, at: time, isExpected: isExpectedUnencrypted)
    else { return .failed(failure) }
    tallies.countOpened(name, from: source, .structure, encryption: .null, integrity: nil)
    return .inPlace(content.content, ipProtocol: content.nextHeader)
  }

  // MARK: - By structure

  private mutating func openByStructure(
    _ payload: RawSpan, _ name: AssociationName, from source: IPAddress, at time: Timestamp, isExpected: Bool
  ) -> PayloadTrailer? {
    if let known = layouts[name] {
      let isConfirmed = known.seen >= SecurityPayloadOpener.confirmations
      let content = known.layout.content(
        of: payload, from: source, to: name.destination, isConfirmed ? .expected : .structureAlone)
      if let content {
        if !isConfirmed { layouts.update(name) { $0.seen += 1 } }
        return content
      }
      // What one packet showed by chance does not bind those that follow.
      if isConfirmed { return nil }
    }
    for layout in NullEncryptionLayout.candidates {
      // Signalling says that there is no encryption, but which layout it is the structure has to show all the same.
      let content =
        layout.content(of: payload, from: source, to: name.destination, .structureAlone)
        ?? (isExpected ? layout.content(of: payload, from: source, to: name.destination, .expected) : nil)
      guard let content else { continue }
      _ = layouts.insert(name, (layout, 1), at: time)
      return content
    }
    return nil
  }

  // MARK: - With keys

  private mutating func open(
    _ payload: RawSpan, _ attempt: PayloadAttempt, _ source: IPAddress, _ destination: IPAddress
  ) -> PayloadOpening {
    let bodyStart = 8 + attempt.vectorLength
    let bodyEnd = payload.byteCount - attempt.checkValueLength
    guard bodyEnd - bodyStart >= 2 else { return .failed(.malformed) }
    let body = bodyStart..<bodyEnd
    let vector = 8..<bodyStart
    let checkValue = bodyEnd..<payload.byteCount
    if buffer.count < body.count, attempt.needsBuffer { buffer = Array(repeating: 0, count: max(body.count, 1 << 16)) }
    guard
      attempt.verifies(
        payload, body: body, vector: vector, checkValue: checkValue, cipher, authentication, into: &buffer)
    else { return .failed(.integrityFailed) }
    switch attempt.encryption {
    case .null:
      return attempt.content(of: payload, in: body, source, destination)
    case .aesGCM:
      break
    case .aesCBC, .desEDE3CBC:
      guard let key = attempt.keys.encryption,
        cipher.decrypt(payload, in: body, vector: vector, attempt.encryption, under: key, into: &buffer)
      else { return .failed(.malformed) }
    }
    return attempt.content(of: buffer.rawSpan, in: 0..<body.count, source, destination)
  }
}
