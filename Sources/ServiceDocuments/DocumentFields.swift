/// Named values in the order in which they were added; names are those of JSON, snake_case. What is absent is left out.
public struct DocumentFields: Hashable, Sendable {
  /// One of them.
  public struct Field: Hashable, Sendable {
    /// The name.
    public var name: String
    /// The value.
    public var value: DocumentValue
  }

  /// The fields in their order; no name comes twice.
  public private(set) var fields: [Field] = []

  /// None.
  public init() {}

  /// The value called `name`.
  public subscript(name: String) -> DocumentValue? {
    fields.first { $0.name == name }?.value
  }

  mutating func add(_ name: String, _ text: String?) {
    if let text { fields.append(Field(name: name, value: .text(text))) }
  }

  mutating func add(_ name: String, _ number: (some BinaryInteger)?) {
    if let number { fields.append(Field(name: name, value: .number(Int64(clamping: number)))) }
  }

  mutating func add(_ name: String, _ decimal: Double?) {
    if let decimal { fields.append(Field(name: name, value: .decimal(decimal))) }
  }

  mutating func add(_ name: String, _ flag: Bool?) {
    if let flag { fields.append(Field(name: name, value: .flag(flag))) }
  }

  mutating func add(_ name: String, _ texts: [String]) {
    if !texts.isEmpty { fields.append(Field(name: name, value: .list(texts.map { .text($0) }))) }
  }

  mutating func add(_ name: String, _ numbers: [Int64]) {
    if !numbers.isEmpty { fields.append(Field(name: name, value: .list(numbers.map { .number($0) }))) }
  }

  mutating func add(_ name: String, _ parts: [DocumentFields]) {
    if !parts.isEmpty { fields.append(Field(name: name, value: .list(parts.map { .object($0) }))) }
  }

  mutating func add(_ name: String, _ part: DocumentFields?) {
    if let part, !part.fields.isEmpty { fields.append(Field(name: name, value: .object(part))) }
  }

  /// Adds the fields of `other` behind these.
  mutating func add(_ other: DocumentFields) {
    fields += other.fields
  }
}
