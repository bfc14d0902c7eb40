import ByteReading

/// One value of Via (RFC 3261 section 20.42, RFC 3581): one hop that the request took, as ranges of the message.
public struct SIPVia: Hashable, Sendable {
  /// The transport as written, such as `UDP`.
  public var transport = ByteRange()

  /// Host of the sender: a name or an address, IPv6 in its brackets.
  public var sentByHost = ByteRange()

  /// Port of the sender; nil where it is not given or not a number below 65536.
  public var sentByPort: UInt16?

  /// The branch: names the transaction (RFC 3261 section 17.1.3); empty where there is none.
  public var branch = ByteRange()

  /// The address from which the request came, where the receiver noted it; empty otherwise.
  public var received = ByteRange()

  /// The port from which the request came, where the receiver noted it (RFC 3581); empty otherwise.
  public var rport = ByteRange()

  /// All parameters, the first `;` included.
  public var parameters = ByteRange()

  /// What is wrong with it.
  public internal(set) var flaws: SIPFlaws = []

  /// A Via of which nothing is known: what a message without one has.
  public init() {}

  /// Reads one value, not a list, from `range` of `bytes`.
  public init(parsing bytes: RawSpan, in range: ByteRange) {
    self.init(bytes, in: bytes.trimmed(range.clamped(to: bytes.byteCount)))
  }

  /// Whether the branch begins with the cookie that makes it unique (RFC 3261 section 8.1.1.7).
  public func hasMagicCookie(in bytes: RawSpan) -> Bool {
    branch.count >= 7 && bytes.equalsIgnoringCase("z9hg4bk", in: Int(branch.start)..<Int(branch.start) + 7)
  }

  /// `SIP/2.0/`, and `UDP ` and `TCP `, as the least significant byte first.
  private static let usualProtocol: UInt64 = 0x2f30_2e32_2f50_4953
  private static let usualTransports: (udp: UInt32, tcp: UInt32) = (0x2050_4455, 0x2050_4354)

  init(_ bytes: RawSpan, in range: Range<Int>) {
    let end = range.upperBound
    let semicolon = bytes.firstOffset(of: UInt8(ascii: ";"), in: range) ?? end
    guard let senderStart = readProtocol(bytes, in: range.lowerBound..<semicolon) else {
      flaws.insert(.viaMalformed)
      return
    }
    readSender(bytes, in: bytes.trimmed(senderStart..<semicolon))
    guard semicolon < end else { return }
    parameters = ByteRange(semicolon, end)
    var reader = ParameterReader(bytes, in: semicolon..<end)
    while let parameter = reader.next() {
      switch parameter.name.count {
      case 5 where bytes.equalsIgnoringCase("rport", in: parameter.name): rport = ByteRange(parameter.value)
      case 6 where bytes.equalsIgnoringCase("branch", in: parameter.name): branch = ByteRange(parameter.value)
      case 8 where bytes.equalsIgnoringCase("received", in: parameter.name): received = ByteRange(parameter.value)
      default: break
      }
    }
    if reader.sawEmpty { flaws.insert(.separatorExtraneous) }
    if branch.count == 7, hasMagicCookie(in: bytes) { flaws.insert(.branchEmpty) }
  }

  /// Reads `SIP / 2.0 / transport`, white space allowed around each slash; returns where the sender begins.
  private mutating func readProtocol(_ bytes: RawSpan, in range: Range<Int>) -> Int? {
    let end = range.upperBound
    var offset = range.lowerBound
    // As nearly everybody writes it.
    if end - offset >= 12, bytes.littleEndianUInt64(at: offset) == SIPVia.usualProtocol {
      let transport = bytes.littleEndianUInt32(at: offset + 8)
      if transport == SIPVia.usualTransports.udp || transport == SIPVia.usualTransports.tcp {
        self.transport = ByteRange(offset + 8, offset + 11)
        return offset + 12
      }
    }
    for part in 0..<3 {
      offset = bytes.skippingSpace(from: offset, before: end)
      let tokenEnd = bytes.endOfToken(at: offset, before: end)
      guard tokenEnd > offset else { return nil }
      if part == 2 { transport = ByteRange(offset, tokenEnd) }
      offset = bytes.skippingSpace(from: tokenEnd, before: end)
      if part < 2 {
        guard offset < end, bytes.byte(at: offset) == UInt8(ascii: "/") else { return nil }
        offset += 1
      }
    }
    return offset
  }

  private mutating func readSender(_ bytes: RawSpan, in range: Range<Int>) {
    var hostEnd = range.upperBound
    if !range.isEmpty, bytes.byte(at: range.lowerBound) == UInt8(ascii: "[") {
      hostEnd = (bytes.firstOffset(of: UInt8(ascii: "]"), in: range) ?? range.upperBound - 1) + 1
    } else if let colon = bytes.firstOffset(of: UInt8(ascii: ":"), in: range) {
      hostEnd = colon
    }
    sentByHost = ByteRange(bytes.trimmed(range.lowerBound..<hostEnd))
    if sentByHost.isEmpty { flaws.insert(.viaMalformed) }
    let colon = bytes.skippingSpace(from: hostEnd, before: range.upperBound)
    guard colon < range.upperBound else { return }
    sentByPort =
      bytes.byte(at: colon) == UInt8(ascii: ":")
      ? bytes.decimal(in: colon + 1..<range.upperBound).flatMap { UInt16(exactly: $0) } : nil
    if sentByPort == nil { flaws.insert(.viaMalformed) }
  }
}
