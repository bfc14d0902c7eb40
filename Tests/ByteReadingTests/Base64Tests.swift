import ByteReading
import Testing

/// RFC 4648 section 10.
@Suite struct Base64Tests {
  @Test(
    "the vectors of RFC 4648 section 10",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ])
  func vectors(_ plain: String, _ encoded: String) {
    var text: [UInt8] = []
    Base64.append(Array(plain.utf8), to: &text)
    #expect(String(decoding: text, as: UTF8.self) == encoded)
    #expect(Base64.bytes(of: Array(encoded.utf8)) == Array(plain.utf8))
  }

  @Test(
    "what is not exactly what is written is refused",
    arguments: ["Z", "Zg", "Zg=", "Zh==", "Zm9=", "Zm9v\n", "Zm 9v", "====", "Zg==Zg=="])
  func damaged(_ text: String) {
    #expect(Base64.bytes(of: Array(text.utf8)) == nil)
  }
}
