import CJSONC

/// Reads a line of JSON into its object, by json-c.
@safe final class LineParser {
  /// How deep objects and lists lie in each other: a frame in a list of the coverage of the trailer has five around it.
  static let depth: Int32 = 8

  private let tokener: UnsafeMutablePointer<json_tokener>?

  init() {
    unsafe tokener = json_tokener_new_ex(LineParser.depth)
    // Strict: what RFC 8259 does not have is no line; strings are checked to be UTF-8.
    unsafe json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8)
  }

  deinit {
    unsafe json_tokener_free(tokener)
  }

  /// Hands the object of a line to `body`; throws where there is none.
  func read<Result>(
    _ line: ArraySlice<UInt8>, _ body: (StreamObject) throws(StreamObject.Flaw) -> Result
  ) throws(StreamObject.Flaw) -> Result {
    guard let tokener = unsafe tokener else { throw StreamObject.Flaw(message: "there is no memory to read it") }
    unsafe json_tokener_reset(tokener)
    let value = unsafe line.withUnsafeBytes { bytes in
      unsafe json_tokener_parse_ex(
        tokener, bytes.bindMemory(to: CChar.self).baseAddress, Int32(truncatingIfNeeded: bytes.count))
    }
    defer { unsafe json_object_put(value) }
    guard unsafe json_tokener_get_error(tokener) == json_tokener_success,
      unsafe json_tokener_get_parse_end(tokener) == line.count
    else { throw StreamObject.Flaw(message: "is no object of JSON") }
    guard let value = unsafe value, let object = unsafe StreamObject(StreamValue(value)) else {
      throw StreamObject.Flaw(message: "is no object of JSON")
    }
    return try body(object)
  }
}
