import ByteReading

/// One SIP message (RFC 3261 section 7): its bytes, copied once, and where in them its parts are. Text is made only when
/// asked for.
public struct SIPMessage: Sendable {
  /// The whole message as on the wire.
  public let bytes: [UInt8]

  /// Whether it is a request; otherwise it is a response.
  public let isRequest: Bool

  /// The method of the request line; for a response that of CSeq.
  public let method: SIPMethod

  /// The text of the method, from the same place; tells methods apart that are `unknown`.
  public let methodText: ByteRange

  /// The status code of a response, 65535 where the code on the wire is larger; 0 for a request.
  public let status: UInt16

  /// The Request-URI; empty for a response.
  public let requestURI: ByteRange

  /// The reason phrase of a response; empty for a request.
  public let reasonPhrase: ByteRange

  /// The header fields in their order, one per header line (folded lines are one).
  public let fields: [SIPHeaderField]

  /// The body: what follows the empty line, cut to Content-Length where that is smaller.
  public let body: ByteRange

  /// The value of Call-ID; empty where it is missing.
  public let callID: ByteRange

  /// The number of CSeq; 0 where it is missing, 2^32 - 1 where it is larger.
  public let cseqNumber: UInt32

  /// From: its URI and tag.
  public let from: SIPNameAddress

  /// To: its URI and tag.
  public let to: SIPNameAddress

  /// The number of Via values, those of comma lists counted.
  public let viaCount: Int

  /// The topmost Via value.
  public let topVia: SIPVia

  /// The number of the first Content-Length field; nil where it is missing or not a number.
  public let contentLength: Int?

  /// What the one pass over the message found wrong with it. `examined()` looks at the headers that the pass leaves
  /// alone, too.
  public let flaws: SIPFlaws

  /// Reads one message: a datagram, or what stream framing cut out. Leading line ends are passed over (RFC 3261 section
  /// 7.5). The body is the smaller of Content-Length and what is there (section 18.3).
  ///
  /// - Throws: only where the start line is none of SIP's; everything else that is wrong becomes a flaw.
  public init(parsing bytes: RawSpan) throws(ParseFailure) {
    var start = 0
    while start < bytes.byteCount, bytes.byte(at: start) == 0x0d || bytes.byte(at: start) == 0x0a { start += 1 }
    let lineFeed = bytes.firstOffset(of: 0x0a, from: start)
    let lineEnd = lineFeed ?? bytes.byteCount
    let hasReturn = lineEnd > start && bytes.byte(at: lineEnd - 1) == 0x0d
    let startLine = try SIPStartLine(bytes, in: start..<(hasReturn ? lineEnd - 1 : lineEnd))

    var section = SIPHeaderSection()
    section.flaws = startLine.flaws
    if lineFeed != nil, !hasReturn { section.flaws.insert(.lineFeedBare) }
    section.read(bytes, from: lineFeed.map { $0 + 1 } ?? bytes.byteCount)
    section.finish(bytes, startLine: startLine)

    self.bytes = bytes.copied(0..<bytes.byteCount)
    isRequest = startLine.isRequest
    method = startLine.isRequest ? startLine.method : section.cseqMethod
    methodText = startLine.isRequest ? startLine.methodText : section.cseqMethodText
    status = startLine.status
    requestURI = startLine.requestURI
    reasonPhrase = startLine.reasonPhrase
    fields = section.fields
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
