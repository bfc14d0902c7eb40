import ByteReading

/// A part of a SIP message (RFC 3420, `message/sipfrag`): in the NOTIFY of a REFER the status line of what came of it (RFC
/// 3515 section 2.4.5).
public struct SIPFragment: Hashable, Sendable {
  /// The start line; nil where the fragment begins with a header.
  public var startLine: String?
  /// The status code, where the start line is one of a response.
  public var status: UInt16?
  /// The method, where the start line is one of a request.
  public var method: String?
  /// The names of the headers, in their order.
  public var headers: [String] = []

  /// The most headers that are named: a fragment may be a whole message.
  private static let mostHeaders = 128

  init(parsing bytes: RawSpan) {
    var lines = TextLines(bytes)
    var isFirst = true
    while let line = lines.next() {
      if line.isEmpty { break }
      let text = bytes.text(in: line)
      if isFirst, take(startLine: text) {
        isFirst = false
        continue
      }
      isFirst = false
      // A line that begins with white space goes on with the header before it (RFC 3261 section 7.3.1).
      if let first = text.utf8.first, first > 0x20, headers.count < SIPFragment.mostHeaders,
        let (name, _) = TextLines.field(text)
      {
        headers.append(name)
      }
    }
  }

  private mutating func take(startLine text: String) -> Bool {
    let words = text.split(separator: " ", maxSplits: 2)
    guard let first = words.first, let second = words.dropFirst().first else { return false }
    if first.hasPrefix("SIP/"), let code = UInt16(second), (100...699).contains(code) {
      status = code
    } else if text.hasSuffix("SIP/2.0"), !first.hasSuffix(":") {
      method = String(first)
    } else {
      return false
    }
    startLine = text
    return true
  }

  /// For reports.
  public var fields: DocumentFields {
    var fields = DocumentFields()
    fields.add("start_line", startLine)
    fields.add("status", status)
    fields.add("method", method)
    fields.add("headers", headers)
    return fields
  }
}
