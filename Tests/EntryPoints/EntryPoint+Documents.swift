import ByteReading
import ServiceDocuments

extension EntryPoint {
  /// What a body may say that it is; the first byte of an input chooses.
  public static let contentTypes = [
    "application/xml", "application/reginfo+xml", "application/pidf+xml", "application/conference-info+xml",
    "application/dialog-info+xml", "application/resource-lists+xml", "application/3gpp-ims+xml",
    "application/simple-message-summary", "message/sipfrag", "message/cpim", "application/isup",
  ]

  static let documents = [
    EntryPoint("service-document", .lines) { bytes in
      guard bytes.byteCount > 0 else { return }
      let type = contentTypes[Int(bytes.byte(at: 0)) % contentTypes.count]
      let document = ServiceDocument(contentType: type, bytes: bytes.extracting(1..<bytes.byteCount))
      _ = document.kind
      _ = document.fields()
      _ = document.fields(withTexts: true)
    },
    EntryPoint("short-message", .bytes) { bytes in
      let document = ServiceDocument(contentType: "application/vnd.3gpp.sms", bytes: bytes)
      _ = document.fields(withTexts: true)
      for marks in 0..<8 {
        let message = ShortMessage(
          parsing: bytes, isToMobile: marks & 1 != 0, isReport: marks & 2 != 0, isError: marks & 4 != 0)
        _ = message.content?.text
        if message.textPlace.upperBound > bytes.byteCount { fail("the text lies outside of the message") }
      }
    },
  ]
}
