/// What kept a document from being read to its end. What was read before stays.
public enum DocumentFlaw: String, Hashable, Sendable {
  /// It is empty.
  case empty
  /// It ends before it should.
  case truncated
  /// It is not well-formed XML (XML 1.0 section 2.1).
  case notWellFormed = "not_well_formed"
  /// It declares a document type. None of the documents of IMS has one, and entities are defined there: it is not read
  /// any further.
  case documentTypeDeclared = "document_type_declared"
  /// It is longer than the bound.
  case tooLong = "too_long"
  /// It has more elements or attributes than the bound.
  case tooManyElements = "too_many_elements"
  /// Its elements lie deeper in each other than the bound.
  case nestedTooDeep = "nested_too_deep"
  /// It is well-formed, but not the document that its content type names.
  case otherDocument = "other_document"
  /// A field has a value that its standard does not allow.
  case valueForbidden = "value_forbidden"
}
