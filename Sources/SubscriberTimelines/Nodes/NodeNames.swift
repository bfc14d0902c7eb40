import CaptureFacts

/// What a user says of nodes: lines `address[:port] name [role]`. It comes before what the capture shows.
public struct NodeNames: Sendable {
  /// How many nodes can be named: all of a large network.
  static let mostRows = 1 << 16

  /// What the user says of one node.
  struct Row: Sendable {
    var name: String
    /// Empty where behaviour is to tell.
    var roles: [NodeRole]
    /// The file that says so.
    var file: String
  }

  private var rows: [Endpoint: Row] = [:]

  /// Addresses of which several ports are named: several nodes live there.
  private(set) var sharedAddresses: Set<IPAddress> = []
  private var portOf: [IPAddress: UInt16] = [:]

  /// Nothing named.
  public init() {}

  /// Whether nothing is named.
  var isEmpty: Bool { rows.isEmpty }

  /// What is said of the node at `endpoint`: of its port first, then of its address.
  func row(at endpoint: Endpoint) -> Row? {
    rows[endpoint] ?? rows[Endpoint(address: endpoint.address, port: 0)]
  }

  /// Adds the lines of a file; a later line about the same node takes the place of an earlier one.
  public mutating func add(_ text: String, file: String) throws(NodeNamesFailure) {
    var number = 0
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      guard let reason = add(line: line, file: file) else { continue }
      throw NodeNamesFailure(file: file, line: number, reason: reason)
    }
  }

  /// Adds one line; what is wrong with it.
  private mutating func add(line: Substring, file: String) -> NodeNamesFailure.Reason? {
    guard let words = NodeNames.words(of: line) else { return .quotation }
    guard let first = words.first else { return nil }
    guard let endpoint = NodeNames.endpoint(first) else { return .address(first) }
    guard words.count > 1, !words[1].isEmpty else { return .name }
    guard words.count <= 3 else { return .rest(words[3]) }
    var roles: [NodeRole] = []
    if words.count == 3 {
      for word in words[2].split(separator: ",") {
        guard let role = NodeRole(named: word) else { return .role(String(word)) }
        if !roles.contains(role) { roles.append(role) }
      }
    }
    guard rows.count < NodeNames.mostRows else { return .tooMany }
    if endpoint.port > 0 {
      let known = portOf.updateValue(endpoint.port, forKey: endpoint.address)
      if let known, known != endpoint.port { sharedAddresses.insert(endpoint.address) }
    }
    rows[endpoint] = Row(name: words[1], roles: roles.sorted(), file: file)
    return nil
  }

  /// The words of a line, those in quotation marks whole, up to `#`; nil where a quotation mark has no other.
  private static func words(of line: Substring) -> [String]? {
    var words: [String] = []
    var rest = line
    while let start = rest.firstIndex(where: { !$0.isWhitespace }) {
      rest = rest[start...]
      switch rest.first {
      case "#":
        return words
      case "\"":
        rest = rest.dropFirst()
        guard let end = rest.firstIndex(of: "\"") else { return nil }
        words.append(String(rest[..<end]))
        rest = rest[end...].dropFirst()
      default:
        let end = rest.firstIndex(where: \.isWhitespace) ?? rest.endIndex
        words.append(String(rest[..<end]))
        rest = rest[end...]
      }
    }
    return words
  }

  /// `10.0.0.1`, `10.0.0.1:5060`, `2001:db8::1` or `[2001:db8::1]:5060`; port 0 where there is none.
  private static func endpoint(_ text: String) -> Endpoint? {
    if text.hasPrefix("["), let close = text.firstIndex(of: "]") {
      guard let address = IPAddress(String(text[text.index(after: text.startIndex)..<close])) else { return nil }
      let rest = text[text.index(after: close)...]
      if rest.isEmpty { return Endpoint(address: address, port: 0) }
      guard rest.first == ":", let port = port(rest.dropFirst()) else { return nil }
      return Endpoint(address: address, port: port)
    }
    if let address = IPAddress(text) { return Endpoint(address: address, port: 0) }
    guard let colon = text.lastIndex(of: ":"), let address = IPAddress(String(text[..<colon])), address.isV4,
      let port = port(text[text.index(after: colon)...])
    else { return nil }
    return Endpoint(address: address, port: port)
  }

  private static func port(_ text: Substring) -> UInt16? {
    guard let port = UInt16(text), port > 0, text.allSatisfy(\.isNumber) else { return nil }
    return port
  }
}
