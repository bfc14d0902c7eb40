import Foundation
import SIPMessages
import SharedCaptures
import Testing

@Suite("RFC 4475: the messages of ../shared/captures/rfc4475", .needsSharedCaptures)
struct TortureCaptureTests {
  /// Each file with its section and what is wrong with it as the RFC says; nothing for the valid ones.
  static let judgements: [(file: String, section: String, flaws: SIPFlaws)] = [
    ("wsinv", "3.1.1.1", []),
    ("esc01", "3.1.1.3", []),
    ("escnull", "3.1.1.4", []),
    ("esc02", "3.1.1.5", []),
    ("longreq", "3.1.1.7", []),
    ("dblreq", "3.1.1.8", .bytesBeyondContent),
    ("mpart01", "3.1.1.11", []),
    ("badinv01", "3.1.2.1", .separatorExtraneous),
    ("ncl", "3.1.2.3", .contentLengthMalformed),
    ("quotbal", "3.1.2.6", .quoteUnbalanced),
    ("ltgtruri", "3.1.2.7", .requestURIEnclosed),
    ("lwsruri", "3.1.2.8", .requestURIMalformed),
    ("lwsstart", "3.1.2.9", .startLineSpacing),
    ("trws", "3.1.2.10", .startLineSpacing),
    ("baddate", "3.1.2.12", .dateMalformed),
    ("badaspec", "3.1.2.14", .addressMalformed),
    ("mismatch01", "3.1.2.17", .methodMismatch),
    ("insuf", "3.3.1", .mandatoryHeaderMissing),
    ("novelsc", "3.3.3", []),
    ("unksm2", "3.3.4", []),
    ("regaut01", "3.3.7", []),
    ("mcl01", "3.3.9", [.singleHeaderRepeated, .contentLengthContradicts, .bytesBeyondContent]),
    ("zeromf", "3.3.11", []),
    ("regescrt", "3.3.14", []),
    ("inv2543", "3.4.1", []),
  ]

  static func message(_ name: String) throws -> SIPMessage {
    try parse([UInt8](Data(contentsOf: SharedCaptures.file("rfc4475/\(name).dat"))))
  }

  @Test("each is judged as its section says", arguments: judgements)
  func judged(file: String, section: String, flaws: SIPFlaws) throws {
    #expect(try Self.message(file).examined().names == flaws.names, "section \(section)")
  }

  @Test("no file is left out")
  func complete() {
    let names = SharedCaptures.files(in: "rfc4475", endingIn: [".dat"]).map {
      $0.deletingPathExtension().lastPathComponent
    }
    #expect(Set(names).subtracting(["test"]) == Set(Self.judgements.map(\.file)))
  }

  @Test("3.1.1.1: folding, escapes, white space before colons, two Via fields with three values")
  func shortTortuousInvite() throws {
    let message = try Self.message("wsinv")
    #expect(message.identity(message.to.uri) == "sip:vivekg@chair-dnrc.example.com")
    #expect(message.text(message.to.tag) == "1918181833n")
    #expect(message.text(message.from.displayName) == #"J Rosenberg \\\""#)
    #expect(message.text(message.from.uri) == "sip:jdrosen@example.com")
    #expect(message.text(message.from.tag) == "98asjd8")
    #expect(message.number(.maxForwards) == 68)
    #expect(message.cseqNumber == 9 && message.method == .invite)
    #expect(message.vias().map { message.text($0.branch) } == ["390skdjuw", "z9hG4bK9ikj8", "z9hG4bK30239"])
    #expect(message.vias().map { message.text($0.transport) } == ["UDP", "TCP", "UDP"])
    #expect(message.first(.subject).map(message.text) == "")
    #expect(message.text(message.contacts()[0].preference) == "0.33")
    #expect(message.sessionDescription()?.media.map(\.type) == [.audio, .video])
  }

  @Test("3.1.1.3: escapes are not undone before the URI is taken apart")
  func escapes() throws {
    let message = try Self.message("esc01")
    let uri = message.uri(message.requestURI)
    #expect(message.text(uri.user) == "sips%3Auser%40example.com" && message.text(uri.host) == "example.net")
    #expect(message.identity(message.to.uri) == "sip:user@example.com")
    #expect(
      message.text(message.contacts()[0].address.uri) == "sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31"
    )
  }

  @Test("3.1.1.4: escaped nulls stay in the URIs and the two contacts differ")
  func escapedNulls() throws {
    let message = try Self.message("escnull")
    #expect(
      message.contacts().map { message.identity($0.address.uri) } == [
        "sip:%00@host5.example.com", "sip:%00%00@host5.example.com",
      ])
  }

  @Test("3.1.1.5: a % in a method or header name is no escape: neither is what it looks like")
  func percentIsNoEscape() throws {
    let message = try Self.message("esc02")
    #expect(message.method == .unknown && message.text(message.methodText) == "RE%47IST%45R")
    #expect(message.fields.contains { $0.name == .other && message.text($0.nameRange) == "C%6Fntact" })
    #expect(
      message.contacts().map { message.text($0.address.uri) } == [
        "sip:alias1@host1.example.com", "sip:alias3@host3.example.com",
      ])
  }

  @Test("3.1.1.7: long values are read whole")
  func longValues() throws {
    let message = try Self.message("longreq")
    #expect(message.viaCount == 34 && message.text(message.vias()[33].branch).hasSuffix("longbranchvalue"))
    #expect(
      message.text(message.from.tag).count > 100 && message.text(message.callID).hasPrefix("longreq.one"))
  }

  @Test("3.1.1.11: both parts of a multipart body, the binary one to its last byte")
  func multipart() throws {
    let message = try Self.message("mpart01")
    let parts = message.bodyParts()
    #expect(parts.map { $0.contentType.map { message.text($0.subtype) } } == ["plain", "octet-stream"])
    #expect(message.text(parts[0].content) == "Hello")
    #expect(message.bytes[parts[1].content.range].starts(with: [0x30, 0x82]))
  }

  @Test("3.1.2.1: the message is flagged, and the hop that can be read is read")
  func extraneousSeparators() throws {
    let message = try Self.message("badinv01")
    #expect(message.viaCount == 1 && message.vias().count == 1)
    #expect(message.text(message.topVia.sentByHost) == "192.0.2.15")
  }

  @Test("test.dat has no start line of SIP")
  func notSIP() throws {
    #expect(throws: (any Error).self) { try Self.message("test") }
  }
}
