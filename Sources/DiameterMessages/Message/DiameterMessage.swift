import ByteReading

/// One Diameter message: its bytes, its header, and what correlation asks of its AVPs, found in one pass. Everything
/// else is read from the bytes when it is asked for.
///
/// A range is empty where its AVP is absent; where an AVP that should appear once appears again, the first counts.
public struct DiameterMessage: Sendable {
  /// The whole message; shorter than its header says where the capture cut it.
  public private(set) var bytes: [UInt8]

  /// The header.
  public private(set) var header: DiameterHeader

  /// Session-Id 263.
  public private(set) var sessionID = ByteRange()
  /// Origin-Host 264.
  public private(set) var originHost = ByteRange()
  /// Origin-Realm 296.
  public private(set) var originRealm = ByteRange()
  /// Destination-Host 293.
  public private(set) var destinationHost = ByteRange()
  /// Destination-Realm 283.
  public private(set) var destinationRealm = ByteRange()
  /// User-Name 1: on Cx the private identity (TS 29.229 section 6.3.24), on S6a the IMSI.
  public private(set) var userName = ByteRange()
  /// Server-Name 602 (10415): the SIP URI of the S-CSCF.
  public private(set) var serverName = ByteRange()
  /// User-Data 606 (10415) of Cx, or 702 of Sh.
  public private(set) var userData = ByteRange()
  /// Visited-Network-Identifier 600 (10415).
  public private(set) var visitedNetworkIdentifier = ByteRange()
  /// The first Public-Identity 601 (10415).
  public private(set) var publicIdentity = ByteRange()
  /// Result-Code 268.
  public private(set) var resultCode: UInt32?
  /// Auth-Session-State 277.
  public private(set) var authSessionState: UInt32?
  /// User-Authorization-Type 623 (10415): 0 REGISTRATION, 1 DE_REGISTRATION, 2 REGISTRATION_AND_CAPABILITIES.
  public private(set) var userAuthorizationType: UInt32?
  /// Server-Assignment-Type 614 (10415).
  public private(set) var serverAssignmentType: UInt32?
  /// Experimental-Result 297 with its vendor, apart from `resultCode`.
  public private(set) var experimentalResult: DiameterExperimentalResult?

  /// A bit for each AVP of the message itself, by the last six bits of its code: most that are asked for are absent.
  @usableFromInline private(set) var codes: UInt64 = 0

  /// Why the AVPs could not be read to their end, and where in the message; nil where they could. What comes before is
  /// there.
  public private(set) var failure: ParseFailure?

  /// A message of which nothing is known, to read others into.
  public init() {
    bytes = []
    header = DiameterHeader(
      flags: DiameterCommandFlags(rawValue: 0), length: 0, commandCode: 0, applicationID: 0, hopByHop: 0, endToEnd: 0)
  }

  /// Reads the message at the front of `bytes`; what follows it is left alone. Fails only where there is no Diameter
  /// header.
  public init(parsing bytes: RawSpan) throws(ParseFailure) {
    try self.init(parsing: bytes, storage: [])
  }

  /// Reads the message at the front of `source` in place of what was here, in the same storage. Fails only where there is
  /// no Diameter header; then the message has no bytes.
  public mutating func read(_ source: RawSpan) throws(ParseFailure) {
    var storage: [UInt8] = []
    swap(&storage, &bytes)
    self = try DiameterMessage(parsing: source, storage: storage)
  }

  private init(parsing bytes: RawSpan, storage: consuming [UInt8]) throws(ParseFailure) {
    let header = try DiameterHeader(parsing: bytes)
    self.header = header
    let end = min(Int(header.length), bytes.byteCount)
    storage.removeAll(keepingCapacity: true)
    storage.append(bytes, in: 0..<end)
    self.bytes = storage
    var walk = DiameterAttributeWalk(over: ByteRange(DiameterHeader.byteCount, end))
    while let attribute = walk.next(in: bytes) {
      codes |= 1 << UInt64(attribute.code & 63)
      switch attribute.vendor {
      case DiameterVendor.none: takeBase(attribute, of: bytes)
      case DiameterVendor.threeGPP: takeThreeGPP(attribute, of: bytes)
      default: break
      }
    }
    failure = walk.failure
    if end < header.length {
      // An AVP that leads out of a message cut by the capture is no contradiction.
      failure = ParseFailure(.truncated, at: walk.failure.map { Int($0.offset) } ?? end)
    }
  }

  /// Keeps what is asked for of the AVPs of RFC 6733 section 4.5.
  @inline(__always)
  private mutating func takeBase(_ attribute: DiameterAttribute, of bytes: RawSpan) {
    switch attribute.code {
    case DiameterAttributeCode.userName: Self.keep(attribute, in: &userName)
    case DiameterAttributeCode.sessionID: Self.keep(attribute, in: &sessionID)
    case DiameterAttributeCode.originHost: Self.keep(attribute, in: &originHost)
    case DiameterAttributeCode.resultCode:
      if resultCode == nil { resultCode = bytes.unsigned32(in: attribute.data) }
    case DiameterAttributeCode.authSessionState:
      if authSessionState == nil { authSessionState = bytes.unsigned32(in: attribute.data) }
    case DiameterAttributeCode.destinationRealm: Self.keep(attribute, in: &destinationRealm)
    case DiameterAttributeCode.destinationHost: Self.keep(attribute, in: &destinationHost)
    case DiameterAttributeCode.originRealm: Self.keep(attribute, in: &originRealm)
    case DiameterAttributeCode.experimentalResult:
      if experimentalResult == nil { experimentalResult = Self.experimentalResult(attribute, of: bytes) }
    default: break
    }
  }

  /// Keeps what is asked for of the AVPs of TS 29.229 section 6.3.
  @inline(__always)
  private mutating func takeThreeGPP(_ attribute: DiameterAttribute, of bytes: RawSpan) {
    switch attribute.code {
    case DiameterAttributeCode.visitedNetworkIdentifier: Self.keep(attribute, in: &visitedNetworkIdentifier)
    case DiameterAttributeCode.publicIdentity: Self.keep(attribute, in: &publicIdentity)
    case DiameterAttributeCode.serverName: Self.keep(attribute, in: &serverName)
    case DiameterAttributeCode.userDataCx, DiameterAttributeCode.userDataSh: Self.keep(attribute, in: &userData)
    case DiameterAttributeCode.serverAssignmentType:
      if serverAssignmentType == nil { serverAssignmentType = bytes.unsigned32(in: attribute.data) }
    case DiameterAttributeCode.userAuthorizationType:
      if userAuthorizationType == nil { userAuthorizationType = bytes.unsigned32(in: attribute.data) }
    default: break
    }
  }

  @inline(__always)
  private static func keep(_ attribute: DiameterAttribute, in field: inout ByteRange) {
    if field.isEmpty { field = attribute.data }
  }

  /// Reads Experimental-Result (RFC 6733 section 7.6); nil where it has no code.
  private static func experimentalResult(
    _ attribute: DiameterAttribute, of bytes: RawSpan
  ) -> DiameterExperimentalResult? {
    var vendor: UInt32 = DiameterVendor.none
    var code: UInt32?
    var walk = DiameterAttributeWalk(over: attribute.data, depth: 1)
    while let member = walk.next(in: bytes) {
      guard member.vendor == DiameterVendor.none else { continue }
      switch member.code {
      case DiameterAttributeCode.vendorID: vendor = bytes.unsigned32(in: member.data) ?? vendor
      case DiameterAttributeCode.experimentalResultCode: code = bytes.unsigned32(in: member.data)
      default: break
      }
    }
    return code.map { DiameterExperimentalResult(vendor: vendor, code: $0) }
  }

  /// Whether this is a request.
  @inlinable
  public var isRequest: Bool { header.isRequest }

  /// The bytes of the message as what hashes and scanners take.
  @inlinable
  public var span: RawSpan {
    @_lifetime(borrow self)
    get { bytes.rawSpan }
  }

  /// The bytes of `range` as text; bytes that are not UTF-8 are replaced by U+FFFD, a range beyond the message is empty.
  public func text(_ range: ByteRange) -> String {
    guard range.start <= range.end, range.end <= bytes.count else { return "" }
    return bytes.rawSpan.text(in: range.range)
  }
}
