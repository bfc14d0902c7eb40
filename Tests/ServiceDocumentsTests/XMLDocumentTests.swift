import ByteReading
import Foundation
import Testing

@testable import ServiceDocuments

/// XML is hostile: nothing is expanded, nothing fetched, everything bounded.
@Suite struct XMLDocumentTests {
  private func document(_ text: String) -> XMLDocument {
    XMLDocument(parsing: Array(text.utf8).rawSpan)
  }

  @Test("elements, attributes, text, CDATA, comments and predefined references") func tree() throws {
    let root = try #require(
      document(
        """
        <?xml version="1.0"?><!-- a --><p:a xmlns:p="urn:x" p:k="1 &lt; 2"> t &amp; &#65; <![CDATA[<b>]]>
        <c/><c>d</c></p:a>
        """
      ).root)
    #expect(root.name == "a" && root.namespace == "urn:x" && root.attribute("k") == "1 < 2")
    #expect(root.text == "t & A <b>" && root.children("c").map(\.text) == ["", "d"])
  }

  @Test(
    "what cannot be read says so, and what was read before stays",
    arguments: [
      ("", DocumentFlaw.empty, nil),
      (" \r\n", .empty, nil),
      ("no xml", .notWellFormed, nil),
      ("<a><b>1</b><c>", .truncated, "a"),
      ("<a><b></a>", .notWellFormed, "a"),
      ("<a>&unknown;</a>", .notWellFormed, "a"),
      ("<a/><b/>", .notWellFormed, "a"),
      ("<a>\u{0}</a>", .notWellFormed, nil),
    ])
  func flaws(text: String, flaw: DocumentFlaw, root: String?) {
    let document = document(text)
    #expect(document.flaw == flaw && document.root?.name == root)
  }

  @Test("bytes that are not UTF-8 are ISO 8859-1; a declared encoding changes nothing") func encoding() {
    let latin = Array("<?xml version=\"1.0\" encoding=\"UTF-7\"?><a>".utf8) + [0xe9] + Array("+ADw-</a>".utf8)
    #expect(XMLDocument(parsing: latin.rawSpan).root?.text == "é+ADw-")
  }

  @Test(
    "a document type ends the reading, so that no bomb goes off and nothing is fetched",
    arguments: [
      """
      <!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
      <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
      <!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">]><lolz>&e;&e;&e;&e;&e;&e;</lolz>
      """,
      "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a>",
      "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/a.dtd\"><a/>",
      "<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://127.0.0.1:1/\"> %x;]><a/>",
    ])
  func documentTypes(text: String) {
    let document = document(text)
    #expect(document.root == nil && document.flaw == .documentTypeDeclared)
  }

  @Test("an entity of many letters, used often, is not expanded either") func longEntity() {
    let entity = "<!DOCTYPE a [<!ENTITY x \"" + String(repeating: "x", count: 100_000) + "\">]><a>"
    let bomb = document(entity + String(repeating: "&x;", count: 50_000) + "</a>")
    #expect(bomb.root == nil && bomb.flaw == .documentTypeDeclared)
  }

  @Test("bounds of depth, elements, attributes and length") func bounds() {
    let deep = String(repeating: "<a>", count: 100_000)
    #expect(document(deep).flaw == .nestedTooDeep)
    #expect(document("<a>" + String(repeating: "<b/>", count: 100_000) + "</a>").flaw == .tooManyElements)
    let attributes = (0..<50_000).map { "a\($0)=''" }.joined(separator: " ")
    #expect(document("<a \(attributes)/>").flaw == .tooManyElements)
    #expect(document("<a>" + String(repeating: "x", count: XMLLimits.bytes) + "</a>").flaw == .tooLong)
  }
}
