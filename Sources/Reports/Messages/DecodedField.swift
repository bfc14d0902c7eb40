/// One value that was read out of a message, under the key that JSON gives it.
struct DecodedField {
  /// What a field holds.
  indirect enum Value {
    case text(String)
    case number(Int64)
    case decimal(Double)
    case flag(Bool)
    case list([Value])
    case object([DecodedField])
  }

  var key: String
  var value: Value
}

extension [DecodedField] {
  /// Adds a text; none where it is nil or empty.
  mutating func add(_ key: String, _ text: String?) {
    guard let text, !text.isEmpty else { return }
    append(DecodedField(key: key, value: .text(text)))
  }

  /// Adds a number; none where it is nil.
  mutating func add(_ key: String, _ number: (some BinaryInteger)?) {
    guard let number else { return }
    append(DecodedField(key: key, value: .number(Int64(clamping: number))))
  }

  /// Adds a flag where it holds.
  mutating func add(_ key: String, ifTrue flag: Bool) {
    if flag { append(DecodedField(key: key, value: .flag(true))) }
  }

  /// Adds an object; none where it is empty.
  mutating func add(_ key: String, _ fields: [DecodedField]) {
    if !fields.isEmpty { append(DecodedField(key: key, value: .object(fields))) }
  }

  /// Adds a list; none where it is empty.
  mutating func add(_ key: String, list values: [DecodedField.Value]) {
    if !values.isEmpty { append(DecodedField(key: key, value: .list(values))) }
  }
}

extension JSONWriter {
  /// Writes decoded fields as members of the object that is open.
  mutating func members(_ fields: [DecodedField]) {
    for field in fields {
      key(text: field.key)
      value(field.value)
    }
  }

  /// Writes a decoded value.
  mutating func value(_ value: DecodedField.Value) {
    switch value {
    case .text(let text): self.value(text)
    case .number(let number): self.value(number)
    case .decimal(let number): self.value(decimal: number)
    case .flag(let flag): self.value(flag)
    case .list(let values):
      beginArray()
      for value in values { self.value(value) }
      endArray()
    case .object(let fields):
      beginObject()
      members(fields)
      endObject()
    }
  }
}
