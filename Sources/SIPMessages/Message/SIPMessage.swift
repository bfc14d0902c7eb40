import ByteReading

/// One SIP message (RFC 3261 section 7): its bytes, copied once, and where in them its parts are. Text is made only when
/// asked for.
public struct SIPMessage: Sendable {
  /// The whole message as on the wire.
  public private(set) var bytes: [UInt8] = []

  /// Whether it is a request; otherwise it is a response.
  public private(set) var isRequest = false

  /// The method of the request line; for a response that of CSeq.
  public private(set) var method = SIPMethod.unknown

  /// The text of the method, from the same place; tells methods apart that are `unknown`.
  public private(set) var methodText = ByteRange()

  /// The status code of a response, 65535 where the code on the wire is larger; 0 for a request.
  public private(set) var status: UInt16 = 0

  /// The Request-URI; empty for a response.
  public private(set) var requestURI = ByteRange()

  /// The reason phrase of a response; empty for a request.
  public private(set) var reasonPhrase = ByteRange()

  /// The header fields in their order, one per header line (folded lines are one).
  public private(set) var fields: [SIPHeaderField] = []

  /// The names in `fields`.
  private(set) var names = SIPHeaderNameSet()

  /// The body: what follows the empty line, cut to Content-Length where that is smaller.
  public private(set) var body = ByteRange()

  /// The value of Call-ID; empty where it is missing.
  public private(set) var callID = ByteRange()

  /// The number of CSeq; 0 where it is missing, 2^32 - 1 where it is larger.
  public private(set) var cseqNumber: UInt32 = 0

  /// From: its URI and tag.
  public private(set) var from = SIPNameAddress()

  /// To: its URI and tag.
  public private(set) var to = SIPNameAddress()

  /// The number of Via values, those of comma lists counted.
  public private(set) var viaCount = 0

  /// The topmost Via value.
  public private(set) var topVia = SIPVia()

  /// The number of the first Content-Length field; nil where it is missing or not a number.
  public private(set) var contentLength: Int?

  /// What the one pass over the message found wrong with it. `examined()` looks at the headers that the pass leaves
  /// alone, too.
  public private(set) var flaws: SIPFlaws = []

  /// A message of which nothing is known, to read others into.
  public init() {}

  /// Reads one message: see `read(_:)`.
  ///
  /// - Throws: only where the start line is none of SIP's; everything else that is wrong becomes a flaw.
  public init(parsing bytes: RawSpan) throws(ParseFailure) {
    try read(bytes)
  }

  /// Reads one message over what was here, in the same storage: a datagram, or what stream framing cut out. Leading line
  /// ends are passed over (RFC 3261 section 7.5). The body is the smaller of Content-Length and what is there (section
  /// 18.3).
  ///
  /// - Throws: only where the start line is none of SIP's, and then nothing is changed; everything else that is wrong
  ///   becomes a flaw.
  public mutating func read(_ source: RawSpan) throws(ParseFailure) {
    var start = 0
    while start < source.byteCount, source.byte(at: start) == 0x0d || source.byte(at: start) == 0x0a { start += 1 }
    let lineFeed = source.firstOffset(of: 0x0a, from: start)
    let lineEnd = lineFeed ?? source.byteCount
    let hasReturn = lineEnd > start && source.byte(at: lineEnd - 1) == 0x0d
    let startLine = try SIPStartLine(source, in: start..<(hasReturn ? lineEnd - 1 : lineEnd))

    var section = SIPHeaderSection()
    fields.removeAll(keepingCapacity: true)
    swap(&section.fields, &fields)
    section.flaws = startLine.flaws
    if lineFeed != nil, !hasReturn { section.flaws.insert(.lineFeedBare) }
    section.read(source, from: lineFeed.map { $0 + 1 } ?? source.byteCount)
    section.finish(source, startLine: startLine)

    bytes.removeAll(keepingCapacity: true)
    bytes.append(source, in: 0..<source.byteCount)
    isRequest = startLine.isRequest
    method = startLine.isRequest ? startLine.method : section.cseqMethod
    methodText = startLine.isRequest ? startLine.methodText : section.cseqMethodText
    status = startLine.status
    requestURI = startLine.requestURI
    reasonPhrase = startLine.reasonPhrase
    swap(&fields, &section.fields)
    names = section.names
    body = section.body
    callID = section.callID
    cseqNumber = section.cseqNumber
    from = section.from
    to = section.to
    viaCount = section.viaCount
    topVia = section.topVia
    contentLength = section.contentLength
    flaws = section.flaws
  }
}
