/// A SIP message being composed (RFC 3261 section 7): a start line, header fields in order, a body.
struct SIPText {
  var startLine: String
  var fields: [(name: String, value: String)]
  /// A body of text.
  var body: String
  /// A body that is not text, instead of `body`.
  var binaryBody: [UInt8]?

  init(startLine: String, fields: [(String, String)] = [], body: String = "") {
    self.startLine = startLine
    self.fields = fields.map { (name: $0.0, value: $0.1) }
    self.body = body
  }

  /// The value of the first field `name`.
  subscript(name: String) -> String? {
    fields.first { $0.name == name }?.value
  }

  /// The values of all fields `name`, in order.
  func values(_ name: String) -> [String] {
    fields.filter { $0.name == name }.map(\.value)
  }

  /// Replaces the first field `name`, or appends it.
  mutating func set(_ name: String, _ value: String) {
    if let index = fields.firstIndex(where: { $0.name == name }) {
      fields[index].value = value
    } else {
      fields.append((name, value))
    }
  }

  /// Puts a field before the others, as Via, Record-Route and Path are stacked.
  mutating func push(_ name: String, _ value: String) {
    fields.insert((name, value), at: fields.firstIndex { $0.name == name } ?? 0)
  }

  /// Removes the first field `name`.
  mutating func pop(_ name: String) {
    if let index = fields.firstIndex(where: { $0.name == name }) { fields.remove(at: index) }
  }

  /// Removes all fields `name`.
  mutating func remove(_ name: String) {
    fields.removeAll { $0.name == name }
  }

  /// The method of a request.
  var method: String { String(startLine.prefix { $0 != " " }) }

  /// The Request-URI of a request; setting it keeps method and version.
  var requestURI: String {
    get {
      let words = startLine.split(separator: " ")
      return words.count > 1 ? String(words[1]) : ""
    }
    set { startLine = "\(method) \(newValue) SIP/2.0" }
  }

  /// The message as sent, with its Content-Length (RFC 3261 section 20.14).
  var bytes: [UInt8] {
    var text = startLine + "\r\n"
    for field in fields { text += "\(field.name): \(field.value)\r\n" }
    let content = binaryBody ?? Array(body.utf8)
    return Array((text + "Content-Length: \(content.count)\r\n\r\n").utf8) + content
  }
}
