import CaptureFacts

/// Reads a display filter: tests joined by `and`, `or`, `not` and parentheses; `and` binds more tightly than `or`.
struct DisplayFilterParser {
  /// How deep conditions may be nested; the parser calls itself once for each level.
  private static let depthLimit = 64

  private static let operatorCharacters: Set<Character> = ["=", "!", "<", ">", "&", "|"]

  private struct Token {
    var text: String
    var range: Range<Int>
  }

  private let expression: String
  private let characters: [Character]
  private var offset = 0
  private var depth = 0

  /// The condition that `expression` stands for.
  static func condition(_ expression: String) throws(DisplayFilterFailure) -> DisplayFilterCondition {
    var parser = DisplayFilterParser(expression)
    let condition = try parser.alternatives()
    if let rest = parser.peek() {
      throw parser.failure("expected 'and', 'or' or the end here, not '\(rest.text)'", at: rest.range)
    }
    return condition
  }

  private init(_ expression: String) {
    self.expression = expression
    characters = Array(expression)
  }

  // MARK: - Structure

  private mutating func alternatives() throws(DisplayFilterFailure) -> DisplayFilterCondition {
    var condition = try requirements()
    while take(["or", "||"]) { condition = .or(condition, try requirements()) }
    return condition
  }

  private mutating func requirements() throws(DisplayFilterFailure) -> DisplayFilterCondition {
    var condition = try negated()
    while take(["and", "&&"]) { condition = .and(condition, try negated()) }
    return condition
  }

  private mutating func negated() throws(DisplayFilterFailure) -> DisplayFilterCondition {
    depth += 1
    defer { depth -= 1 }
    if depth > DisplayFilterParser.depthLimit {
      throw failure("nested deeper than \(DisplayFilterParser.depthLimit) levels", at: peek()?.range)
    }
    if take(["not", "!"]) { return .not(try negated()) }
    guard take(["("]) else { return try test() }
    let condition = try alternatives()
    guard take([")"]) else { throw failure("expected ')' here", at: peek()?.range) }
    return condition
  }

  private mutating func test() throws(DisplayFilterFailure) -> DisplayFilterCondition {
    guard let name = peek() else { throw failure("expected a word here", at: nil) }
    offset = name.range.upperBound
    switch name.text.lowercased() {
    case "after": return .test(.time, .atLeast, try value(of: .time, .atLeast))
    case "before": return .test(.time, .less, try value(of: .time, .less))
    default: break
    }
    guard let word = DisplayFilterWord(name.text) else {
      let words = DisplayFilterWord.allCases.map(\.rawValue) + ["after", "before"]
      throw failure("'\(name.text)' is no word of the filter; the words are \(list(words))", at: name.range)
    }
    if case .flag = word.values { return .flag(word) }
    guard let sign = peek(), let comparison = DisplayFilterCondition.Comparison(sign.text) else {
      throw failure(
        "'\(name.text)' takes one of == != < > <= >= contains and a value", at: peek()?.range ?? name.range)
    }
    guard word.allows(comparison) else {
      throw failure("'\(sign.text)' has no meaning for '\(name.text)'", at: sign.range)
    }
    offset = sign.range.upperBound
    return .test(word, comparison, try value(of: word, comparison))
  }

  private mutating func value(
    of word: DisplayFilterWord, _ comparison: DisplayFilterCondition.Comparison
  ) throws(DisplayFilterFailure) -> DisplayFilterCondition.Value {
    let token = try valueToken()
    switch word.values {
    case .text, .identity, .flag: return .text(token.text)
    case .oneOf(let values):
      let text = token.text.lowercased()
      guard comparison == .contains || values.contains(text) else {
        throw failure("'\(token.text)' is no \(word.rawValue); there are \(list(values))", at: token.range)
      }
      return .text(text)
    case .number:
      guard let number = UInt64(token.text) else { throw failure("'\(token.text)' is no number", at: token.range) }
      return .number(number)
    case .result: return UInt64(token.text).map { .number($0) } ?? .text(token.text)
    case .time:
      guard let time = Timestamp(written: token.text) else {
        throw failure(
          "'\(token.text)' is no time; write 2026-01-31T12:00:00Z, a date, or seconds since 1970", at: token.range)
      }
      return .time(time)
    case .address:
      if comparison == .contains { return .text(token.text) }
      let parts = token.text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      guard let address = IPAddress(String(parts[0])) else {
        throw failure("'\(token.text)' is no address; write 10.0.0.1, 10.0.0.0/8 or 2001:db8::1", at: token.range)
      }
      let length = address.isV4 ? 32 : 128
      guard let bits = parts.count == 1 ? length : Int(parts[1]), (0...length).contains(bits) else {
        throw failure("the prefix length of '\(token.text)' is not in 0 to \(length)", at: token.range)
      }
      return .network(address, bits: 128 - length + bits)
    }
  }

  // MARK: - Tokens

  private mutating func take(_ texts: [String]) -> Bool {
    guard let token = peek(), texts.contains(token.text.lowercased()) else { return false }
    offset = token.range.upperBound
    return true
  }

  /// The next word, operator or parenthesis; nil at the end.
  private mutating func peek() -> Token? {
    skipSpaces()
    guard offset < characters.count else { return nil }
    let first = characters[offset]
    var end = offset + 1
    if DisplayFilterParser.operatorCharacters.contains(first) {
      while end < characters.count, end < offset + 2, DisplayFilterParser.operatorCharacters.contains(characters[end]) {
        // `!(` and `!!` are one negation each.
        if first == "!", characters[end] != "=" { break }
        end += 1
      }
    } else if first != "(", first != ")" {
      while end < characters.count, !characters[end].isWhitespace, characters[end] != "(", characters[end] != ")",
        !DisplayFilterParser.operatorCharacters.contains(characters[end])
      { end += 1 }
    }
    return Token(text: String(characters[offset..<end]), range: offset..<end)
  }

  /// A value: in quotes, or up to the next space or closing parenthesis.
  private mutating func valueToken() throws(DisplayFilterFailure) -> Token {
    skipSpaces()
    guard offset < characters.count, characters[offset] != ")" else { throw failure("expected a value here", at: nil) }
    let start = offset
    let quote = characters[start]
    if quote == "\"" || quote == "'" {
      guard let end = characters[(start + 1)...].firstIndex(of: quote) else {
        throw failure("the quotation mark is not closed", at: start..<start + 1)
      }
      offset = end + 1
      return Token(text: String(characters[start + 1..<end]), range: start..<end + 1)
    }
    while offset < characters.count, !characters[offset].isWhitespace, characters[offset] != ")" { offset += 1 }
    return Token(text: String(characters[start..<offset]), range: start..<offset)
  }

  private mutating func skipSpaces() {
    while offset < characters.count, characters[offset].isWhitespace { offset += 1 }
  }

  private func list(_ words: [String]) -> String { words.joined(separator: ", ") }

  private func failure(_ message: String, at range: Range<Int>?) -> DisplayFilterFailure {
    DisplayFilterFailure(message: message, expression: expression, range: range ?? offset..<offset)
  }
}

extension DisplayFilterWord {
  /// Whether a comparison has a meaning for the word.
  fileprivate func allows(_ comparison: DisplayFilterCondition.Comparison) -> Bool {
    switch (values, comparison) {
    case (_, .equal), (_, .unequal): true
    case (.text, .contains), (.oneOf, .contains), (.identity, .contains), (.address, .contains), (.result, .contains):
      true
    case (_, .contains): false
    case (.number, _), (.time, _), (.result, _): true
    default: false
    }
  }
}
