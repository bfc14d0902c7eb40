import ByteReading
import Testing

@testable import ServiceDocuments

/// The relay layer (TS 24.011 sections 7.3 and 8.2) and the transfer layer (TS 23.040 section 9.2).
@Suite struct ShortMessageTests {
  @Test("RP-DATA of a UE with SMS-SUBMIT, relative validity and a status report asked for") func submit() throws {
    let unit: [UInt8] = [0x31, 0x2a, 0x05, 0x81, 0x21, 0x43, 0xf5, 0x00, 0x00, 0xa7, 0x02, 0xc8, 0x34]
    let transfer = ShortMessageTransfer(
      parsing: ([0x00, 0x09, 0x00, 0x03, 0x91, 0x44, 0x55, 0x0d] + unit).rawSpan)
    #expect(transfer.kind == .data && !transfer.isToMobile && transfer.reference == 9 && transfer.flaw == nil)
    #expect(transfer.originator == nil && transfer.destination?.text == "+4455")
    let message = try #require(transfer.message)
    #expect(message.kind == .submit && message.reference == 0x2a && message.address?.text == "12345")
    #expect(message.validityMinutes == 1440 && message.wantsStatusReport == true)
    #expect(message.content?.length == 2 && message.content?.text == "Hi")
  }

  @Test("texts are shown only where they are asked for") func secret() throws {
    let unit: [UInt8] = [0x04, 0x03, 0x81, 0x21, 0xf3, 0, 0, 0x62, 0x30, 0x10, 0x80, 0, 0, 0, 0x02, 0xc8, 0x34]
    let bytes = [0x01, 0x01, 0x02, 0x91, 0x44, 0x00, 0x11] + unit
    let document = ServiceDocument(contentType: "application/vnd.3gpp.sms", bytes: bytes.rawSpan)
    #expect(document.flaw == nil)
    #expect(!"\(document.fields())".contains("Hi") && "\(document.fields(withTexts: true))".contains("Hi"))
  }

  @Test("an originator that is a name") func alphanumeric() throws {
    let name = RelayMessageGenerator.packed(Array("InfoSMS".utf8))
    let unit: [UInt8] = [0x04, 13, 0xd0] + name + [0, 0, 0x62, 0x30, 0x10, 0x80, 0, 0, 0x0a, 0]
    let message = ShortMessage(parsing: unit.rawSpan, isToMobile: true)
    #expect(message.flaw == nil && message.address?.text == "InfoSMS" && message.address?.typeOfNumber == 5)
    #expect(message.timestamp?.text == "2026-03-01T08:00:00-05:00")
    #expect(message.timestamp?.secondsSinceEpoch == 1_772_370_000)
  }

  @Test("parts of a long message: references of 8 and 16 bits, and the text behind the fill bits") func concatenation()
  {
    let text = RelayMessageGenerator.packed(Array("part".utf8), fill: 1)
    let short: [UInt8] = [0x41, 1, 2, 0x81, 0x21, 0, 0, 11, 5, 0, 3, 0x66, 3, 2] + text
    let message = ShortMessage(parsing: short.rawSpan, isToMobile: false)
    #expect(message.content?.concatenation == .init(reference: 0x66, total: 3, part: 2))
    #expect(message.content?.text == "part" && message.content?.textLength == 4)
    let long: [UInt8] = [0x41, 1, 2, 0x81, 0x21, 0, 8, 11, 6, 8, 4, 1, 2, 2, 1, 0x04, 0x10, 0x04, 0x11]
    let other = ShortMessage(parsing: long.rawSpan, isToMobile: false)
    #expect(other.content?.concatenation == .init(reference: 0x102, total: 2, part: 1) && other.content?.text == "АБ")
  }

  @Test("status report: what became of the message, by name") func statusReport() {
    let time: [UInt8] = [0x62, 0x30, 0x10, 0x80, 0, 0, 0]
    let unit: [UInt8] = [0x06, 0x2a, 3, 0x81, 0x21, 0xf3] + time + time + [0x46]
    let message = ShortMessage(parsing: unit.rawSpan, isToMobile: true)
    #expect(message.kind == .statusReport && message.reference == 0x2a && message.status == 0x46)
    let fields = message.fields(withTexts: false)
    #expect(
      fields["status_name"] == .text("validity period expired") && fields["status_group"] == .text("permanent_error"))
  }

  @Test("RP-ERROR with cause and TP-Failure-Cause, by name") func refused() {
    let transfer = ShortMessageTransfer(parsing: ([0x04, 3, 2, 0x16, 5, 0x41, 3, 0x00, 0xd3, 0x00] as [UInt8]).rawSpan)
    #expect(transfer.kind == .error && !transfer.isToMobile && transfer.flaw == nil)
    #expect(transfer.cause?.code == 22 && transfer.cause?.name == "memory capacity exceeded")
    #expect(transfer.cause?.diagnostic == 5 && transfer.message?.kind == .deliverReport)
    #expect(transfer.message?.failureCause == 0xd3)
  }

  @Test("SMS-COMMAND, RP-SMMA, and types that are reserved") func others() {
    let command: [UInt8] = [0x02, 7, 0, 2, 5, 3, 0x81, 0x21, 0xf3, 0]
    let message = ShortMessage(parsing: command.rawSpan, isToMobile: false)
    #expect(message.kind == .command && message.command == 2 && message.commandReference == 5 && message.flaw == nil)
    #expect(ShortMessageTransfer(parsing: ([6, 9] as [UInt8]).rawSpan).kind == .memoryAvailable)
    let reserved = ShortMessageTransfer(parsing: ([7, 9] as [UInt8]).rawSpan)
    #expect(reserved.kind == nil && reserved.flaw == .valueForbidden)
  }

  @Test("the default alphabet and its extension table (TS 23.038 section 6.2.1)") func alphabet() {
    #expect(SeptetText.text([0x00, 0x02, 0x11, 0x1b, 0x65, 0x1b, 0x28, 0x7e]) == "@$_€{ü")
    #expect(SeptetText.text(Array(0...127)).unicodeScalars.count == 127)
  }

  @Test("every cut of generated messages is said to be short, and none is fatal", arguments: [1, 2, 3] as [UInt64])
  func cuts(seed: UInt64) {
    var generator = RelayMessageGenerator(seed: seed)
    for _ in 0..<60 {
      let message = generator.next()
      #expect(ShortMessageTransfer(parsing: message.rawSpan).flaw == nil)
      for cut in 0..<message.count {
        let transfer = ShortMessageTransfer(parsing: Array(message[..<cut]).rawSpan)
        // What follows RP-ACK, or the cause of RP-ERROR, may be absent as a whole.
        let isWhole = cut == 2 && message[0] >> 1 == 1 || cut == 4 && message[0] >> 1 == 2
        #expect((transfer.flaw == nil) == isWhole, "\(cut) of \(message)")
        _ = transfer.fields(withTexts: true)
      }
      for place in message.indices {
        var damaged = message
        damaged[place] ^= 0xff
        _ = ShortMessageTransfer(parsing: damaged.rawSpan).fields(withTexts: true)
      }
    }
  }
}
