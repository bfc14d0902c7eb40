import ServiceDocuments

/// Brings what a document says into the form of decoded fields.
enum DecodedDocument {
  /// The kind of a document, with what it says under that name; nothing for what is no document.
  static func fields(of document: ServiceDocument, withTexts: Bool) -> [DecodedField] {
    if case .unknown = document.content, document.flaw == nil { return [] }
    return [
      DecodedField(key: "kind", value: .text(document.kind)),
      DecodedField(key: "content", value: .object(fields(of: document.fields(withTexts: withTexts)))),
    ]
  }

  private static func fields(of fields: DocumentFields) -> [DecodedField] {
    fields.fields.map { DecodedField(key: $0.name, value: value(of: $0.value)) }
  }

  private static func value(of value: DocumentValue) -> DecodedField.Value {
    switch value {
    case .text(let text): .text(text)
    case .number(let number): .number(number)
    case .decimal(let number): .decimal(number)
    case .flag(let flag): .flag(flag)
    case .list(let values): .list(values.map { self.value(of: $0) })
    case .object(let fields): .object(self.fields(of: fields))
    }
  }
}
