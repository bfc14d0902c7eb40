/// What is wrong with a message that was read all the same; each is named after the section of RFC 4475 that shows it,
/// or the clause of RFC 3261 that it breaks.
public struct SIPFlaws: OptionSet, Hashable, Sendable {
  /// The bits.
  public let rawValue: UInt32

  /// The set of these bits.
  @inlinable
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// More than one SP between the elements of the start line, or SP at its end (RFC 4475 sections 3.1.2.9, 3.1.2.10).
  public static let startLineSpacing = SIPFlaws(rawValue: 1 << 0)
  /// The Request-URI stands in angle brackets (RFC 4475 section 3.1.2.7).
  public static let requestURIEnclosed = SIPFlaws(rawValue: 1 << 1)
  /// The Request-URI holds white space or header fields (RFC 4475 sections 3.1.2.8, 3.1.2.11).
  public static let requestURIMalformed = SIPFlaws(rawValue: 1 << 2)
  /// A version other than 2.0 (RFC 4475 section 3.1.2.16).
  public static let versionUnknown = SIPFlaws(rawValue: 1 << 3)
  /// A status code that is not of three digits from 100 to 699 (RFC 4475 section 3.1.2.19).
  public static let statusOutOfRange = SIPFlaws(rawValue: 1 << 4)
  /// The method of CSeq is not that of the request line (RFC 4475 sections 3.1.2.17, 3.1.2.18).
  public static let methodMismatch = SIPFlaws(rawValue: 1 << 5)
  /// One of To, From, CSeq, Call-ID and Via is missing (RFC 3261 section 8.1.1, RFC 4475 section 3.3.1). Max-Forwards is
  /// not counted: elements of RFC 2543 do not know it.
  public static let mandatoryHeaderMissing = SIPFlaws(rawValue: 1 << 6)
  /// A header that has one value only appears again (RFC 4475 section 3.3.8).
  public static let singleHeaderRepeated = SIPFlaws(rawValue: 1 << 7)
  /// Content-Length is not a number (RFC 4475 section 3.1.2.3).
  public static let contentLengthMalformed = SIPFlaws(rawValue: 1 << 8)
  /// Content-Length is larger than the bytes that follow (RFC 4475 section 3.1.2.2): cut, or lied about.
  public static let contentLengthBeyondMessage = SIPFlaws(rawValue: 1 << 9)
  /// Two Content-Length fields that differ (RFC 4475 section 3.3.9).
  public static let contentLengthContradicts = SIPFlaws(rawValue: 1 << 10)
  /// Bytes follow the body in its datagram; they are not part of the message (RFC 4475 section 3.1.1.8).
  public static let bytesBeyondContent = SIPFlaws(rawValue: 1 << 11)
  /// CSeq is not a number and a method (RFC 3261 section 20.16).
  public static let cseqMalformed = SIPFlaws(rawValue: 1 << 12)
  /// A number is larger than its header allows (RFC 4475 sections 3.1.2.4, 3.1.2.5).
  public static let scalarOutOfRange = SIPFlaws(rawValue: 1 << 13)
  /// A Via without protocol, transport or sent-by (RFC 3261 section 20.42).
  public static let viaMalformed = SIPFlaws(rawValue: 1 << 14)
  /// An address with white space inside the brackets, without the brackets it needs, without a URI, or with a display
  /// name that needs quotes (RFC 4475 sections 3.1.2.13 to 3.1.2.15).
  public static let addressMalformed = SIPFlaws(rawValue: 1 << 15)
  /// A quoted string without its end (RFC 4475 section 3.1.2.6).
  public static let quoteUnbalanced = SIPFlaws(rawValue: 1 << 16)
  /// Empty elements between `;` or `,` (RFC 4475 section 3.1.2.1).
  public static let separatorExtraneous = SIPFlaws(rawValue: 1 << 17)
  /// A header line without colon, or whose name is not a token (RFC 3261 section 7.3.1).
  public static let headerLineMalformed = SIPFlaws(rawValue: 1 << 18)
  /// The empty line behind the header fields is missing (RFC 3261 section 7).
  public static let headersUnterminated = SIPFlaws(rawValue: 1 << 19)
  /// Lines end in LF without CR (RFC 3261 section 7).
  public static let lineFeedBare = SIPFlaws(rawValue: 1 << 20)
  /// A branch that is the magic cookie alone and so names no transaction (RFC 4475 section 3.2.1).
  public static let branchEmpty = SIPFlaws(rawValue: 1 << 21)
  /// A Date in another zone than GMT or in another form (RFC 4475 section 3.1.2.12).
  public static let dateMalformed = SIPFlaws(rawValue: 1 << 22)

  /// The keys of the bits in order, as reports print them.
  private static let keys = [
    "start_line_spacing", "request_uri_enclosed", "request_uri_malformed", "version_unknown", "status_out_of_range",
    "method_mismatch", "mandatory_header_missing", "single_header_repeated", "content_length_malformed",
    "content_length_beyond_message", "content_length_contradicts", "bytes_beyond_content", "cseq_malformed",
    "scalar_out_of_range", "via_malformed", "address_malformed", "quote_unbalanced", "separator_extraneous",
    "header_line_malformed", "headers_unterminated", "line_feed_bare", "branch_empty", "date_malformed",
  ]

  /// The names of the flaws in the set, in snake_case and in a fixed order.
  public var names: [String] {
    SIPFlaws.keys.indices.filter { rawValue & 1 << UInt32($0) != 0 }.map { SIPFlaws.keys[$0] }
  }
}
