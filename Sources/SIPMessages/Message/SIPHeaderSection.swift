import ByteReading

/// The one pass over the header fields of a message: notes where each is and reads those that every user of a message
/// needs.
struct SIPHeaderSection {
  /// Room for the header fields of nearly every message, so that noting them allocates once.
  private static let usualFieldCount = 32

  var fields: [SIPHeaderField] = []
  var names = SIPHeaderNameSet()
  var flaws: SIPFlaws = []
  var body = ByteRange()
  var callID = ByteRange()
  var cseqNumber: UInt32 = 0
  var cseqMethod = SIPMethod.unknown
  var cseqMethodText = ByteRange()
  var from = SIPNameAddress()
  var to = SIPNameAddress()
  var viaCount = 0
  var topVia = SIPVia()
  var contentLength: Int?

  /// One bit for each header that may appear once only.
  private struct Seen: OptionSet {
    let rawValue: UInt8
    static let callID = Seen(rawValue: 1)
    static let cseq = Seen(rawValue: 2)
    static let from = Seen(rawValue: 4)
    static let to = Seen(rawValue: 8)
    static let maxForwards = Seen(rawValue: 16)
    static let contentLength = Seen(rawValue: 32)
    static let contentType = Seen(rawValue: 64)
    static let mandatory: Seen = [.callID, .cseq, .from, .to]
  }

  private var seen: Seen = []

  /// Reads the header lines from `offset` up to the empty line, and notes where the body begins.
  mutating func read(_ bytes: RawSpan, from offset: Int) {
    fields.reserveCapacity(SIPHeaderSection.usualFieldCount)
    let names = SIPHeaderNameTable.shared
    let end = bytes.byteCount
    var lineStart = offset
    while lineStart < end {
      var lineFeed = bytes.firstOffset(of: 0x0a, in: lineStart..<end)
      // RFC 3261 section 7.3.1: a line that begins with white space continues the one before it.
      while let fold = lineFeed, fold &+ 1 < end, fold > lineStart &+ 1,
        bytes.byte(at: fold &+ 1) == 0x20 || bytes.byte(at: fold &+ 1) == 0x09
      {
        lineFeed = bytes.firstOffset(of: 0x0a, in: fold &+ 1..<end)
      }
      let lineEnd = lineFeed ?? end
      let hasReturn = lineEnd > lineStart && bytes.byte(at: lineEnd &- 1) == 0x0d
      if lineFeed != nil, !hasReturn { flaws.insert(.lineFeedBare) }
      let contentEnd = hasReturn ? lineEnd &- 1 : lineEnd
      if contentEnd == lineStart, lineFeed != nil {
        body = ByteRange(lineEnd &+ 1, end)
        return
      }
      take(bytes, line: lineStart..<contentEnd, names: names)
      lineStart = lineEnd &+ 1
    }
    flaws.insert(.headersUnterminated)
    body = ByteRange(end, end)
  }

  @inline(__always)
  private mutating func take(_ bytes: RawSpan, line: Range<Int>, names: SIPHeaderNameTable) {
    guard !line.isEmpty else { return }
    let name: SIPHeaderName
    let colon: Int
    var nameEnd: Int
    if let usual = names.nameAndColon(of: bytes, in: line) {
      (name, colon) = usual
      nameEnd = colon
    } else {
      guard let found = bytes.firstOffset(of: UInt8(ascii: ":"), in: line) else {
        flaws.insert(.headerLineMalformed)
        return
      }
      // RFC 3261 section 7.3.1: white space may stand before the colon.
      colon = found
      nameEnd = colon
      while nameEnd > line.lowerBound, bytes.byte(at: nameEnd &- 1).isSIPSpace { nameEnd &-= 1 }
      name = names.name(of: bytes, in: line.lowerBound..<nameEnd)
    }
    if name == .other, nameEnd == line.lowerBound || bytes.endOfToken(at: line.lowerBound, before: nameEnd) != nameEnd {
      flaws.insert(.headerLineMalformed)
      return
    }
    self.names.insert(name)
    let value = bytes.trimmed(colon &+ 1..<line.upperBound)
    fields.append(
      SIPHeaderField(name: name, nameRange: ByteRange(line.lowerBound, nameEnd), value: ByteRange(value)))
    switch name {
    case .via: takeVia(bytes, value)
    case .callID: if note(.callID) { callID = ByteRange(value) }
    case .cseq: if note(.cseq) { takeCSeq(bytes, value) }
    case .from: if note(.from) { from = SIPNameAddress(bytes, in: value) }
    case .to: if note(.to) { to = SIPNameAddress(bytes, in: value) }
    case .contentLength: takeContentLength(bytes, value)
    case .maxForwards: _ = note(.maxForwards)
    case .contentType: _ = note(.contentType)
    default: break
    }
  }

  /// Notes a header that may appear once; false where it appears again.
  private mutating func note(_ header: Seen) -> Bool {
    if seen.insert(header).inserted { return true }
    flaws.insert(.singleHeaderRepeated)
    return false
  }

  private mutating func takeVia(_ bytes: RawSpan, _ value: Range<Int>) {
    guard let initial = value.isEmpty ? nil : bytes.byte(at: value.lowerBound) else {
      flaws.insert(.viaMalformed)
      return
    }
    if bytes.firstOffset(of: UInt8(ascii: ","), in: value) == nil, initial != UInt8(ascii: ";") {
      if viaCount == 0 { topVia = SIPVia(bytes, in: value) }
      viaCount += 1
      return
    }
    var elements = ListReader(bytes, in: value)
    while let element = elements.next() {
      // What only holds separators is no hop (RFC 4475 section 3.1.2.1).
      if bytes.byte(at: element.lowerBound) == UInt8(ascii: ";") {
        flaws.insert(.separatorExtraneous)
        continue
      }
      if viaCount == 0 { topVia = SIPVia(bytes, in: element) }
      viaCount += 1
    }
    if elements.sawEmpty { flaws.insert(.separatorExtraneous) }
  }

  /// RFC 3261 section 20.16: a number below 2^31 and a method.
  private mutating func takeCSeq(_ bytes: RawSpan, _ value: Range<Int>) {
    var digitsEnd = value.lowerBound
    while digitsEnd < value.upperBound, bytes.byte(at: digitsEnd).isDigit { digitsEnd += 1 }
    let methodStart = bytes.skippingSpace(from: digitsEnd, before: value.upperBound)
    let method = SIPMethod(bytes, in: methodStart..<value.upperBound)
    guard let number = bytes.decimal(in: value.lowerBound..<digitsEnd), methodStart > digitsEnd,
      methodStart < value.upperBound,
      method != .unknown || bytes.endOfToken(at: methodStart, before: value.upperBound) == value.upperBound
    else {
      flaws.insert(.cseqMalformed)
      return
    }
    if number >= 1 << 31 { flaws.insert(.scalarOutOfRange) }
    cseqNumber = UInt32(clamping: number)
    cseqMethod = method
    cseqMethodText = ByteRange(methodStart, value.upperBound)
  }

  private mutating func takeContentLength(_ bytes: RawSpan, _ value: Range<Int>) {
    let number = bytes.decimal(in: value).map { Int(clamping: $0) }
    if number == nil { flaws.insert(.contentLengthMalformed) }
    guard note(.contentLength) else {
      if number != contentLength { flaws.insert(.contentLengthContradicts) }
      return
    }
    contentLength = number
  }

  /// Judges what only the whole shows, once all lines are read.
  mutating func finish(_ bytes: RawSpan, startLine: SIPStartLine) {
    if !seen.isSuperset(of: .mandatory) || viaCount == 0 { flaws.insert(.mandatoryHeaderMissing) }
    flaws.formUnion(from.flaws.union(topVia.flaws))
    if seen.contains(.to) { flaws.formUnion(to.flaws) }
    if startLine.isRequest, !cseqMethodText.isEmpty,
      cseqMethod == .unknown || cseqMethod != startLine.method,
      !sameBytes(bytes, startLine.methodText, cseqMethodText)
    {
      flaws.insert(.methodMismatch)
    }
    guard let contentLength else { return }
    if contentLength > body.count {
      flaws.insert(.contentLengthBeyondMessage)
    } else if contentLength < body.count {
      flaws.insert(.bytesBeyondContent)
      body.end = body.start + UInt32(truncatingIfNeeded: contentLength)
    }
  }

  private func sameBytes(_ bytes: RawSpan, _ left: ByteRange, _ right: ByteRange) -> Bool {
    left.count == right.count
      && (0..<left.count).allSatisfy { bytes.byte(at: Int(left.start) + $0) == bytes.byte(at: Int(right.start) + $0) }
  }
}
