import DiameterMessages
import Testing

@testable import DictionaryFiles

/// A user's dictionary in the XML form of Wireshark.
@Suite struct DictionaryFileTests {
  private func read(_ text: String) throws(DictionaryFileFailure) -> DictionaryFile {
    try DictionaryFile(bytes: Array(text.utf8), path: "mine.xml")
  }

  private func failure(_ text: String) -> String? {
    do throws(DictionaryFileFailure) {
      _ = try read(text)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("vendors, applications, commands and AVPs") func definitions() throws {
    let file = try read(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <dictionary>
        <base uri="http://example.invalid/">
          <command name="Lantern-Lookup" code="9999001" vendor-id="None"/>
          <typedefn type-name="OctetString"/>
          <typedefn type-name="Lumen" type-parent="Unsigned32"/>
          <avp name="Lantern-Name" code="60001" mandatory="must"><type type-name="UTF8String"/></avp>
        </base>
        <vendor vendor-id="Lanterns" code="99999" name="Lantern Works">
          <avp name="Lantern-State" code="1" vendor-id="Lanterns">
            <type type-name="Enumerated"/>
            <enum name="DARK" code="0"/>
            <enum name="BROKEN" code="-1"/>
          </avp>
          <avp name="Lantern-Group" code="2"><grouped><gavp name="Lantern-State"/></grouped></avp>
          <avp name="Lantern-Light" code="3" vendor-id="99999"><type type-name="Lumen"/></avp>
        </vendor>
        <application id="99990001" name="Lanterns"/>
      </dictionary>
      """)
    let known = file.definitions
    #expect(file.warnings.isEmpty)
    #expect(known.command(9_999_001)?.name == "Lantern-Lookup")
    #expect(known.commandAbbreviation(9_999_001, isRequest: false) == "LLA")
    #expect(known.interfaceName(application: 99_990_001, command: 9_999_001) == "Lanterns")
    #expect(known.vendorName(99999) == "Lantern Works")
    #expect(known.attribute(60001)?.type == .utf8String)
    #expect(known.attribute(1, vendor: 99999)?.type == .enumerated)
    #expect(known.enumerationName(0, of: 1, vendor: 99999) == "DARK")
    #expect(known.enumerationName(0xffff_ffff, of: 1, vendor: 99999) == "BROKEN")
    #expect(known.attribute(2, vendor: 99999)?.type == .grouped)
    #expect(known.attribute(3, vendor: 99999)?.type == .unsigned32)
  }

  @Test("short names of the standards stay") func shortNames() throws {
    let file = try read(
      """
      <dictionary><base><command name="3GPP-Update-Location" code="316"/></base>
      <application id="16777216" name="3GPP Cx"/></dictionary>
      """)
    #expect(file.definitions.commandAbbreviation(316, isRequest: true) == "ULR")
    #expect(file.definitions.interfaceName(application: 16_777_216, command: 300) == "Cx")
  }

  @Test("a part that Wireshark includes in its own dictionary") func part() throws {
    let file = try read(
      """
      <?xml version="1.0"?>

      <application id="99990001" name="Lanterns">
        <avp name="Lantern-Name" code="1" vendor-id="TGPP"><type type-name="UTF8String"/></avp>
      </application>
      <vendor vendor-id="Lanterns" code="99999"/>
      """)
    #expect(file.definitions.attribute(1, vendor: 10415)?.name == "Lantern-Name")
    #expect(
      failure("<?xml version=\"1.0\"?>\n\n<avp name=\"A\"/>\n<avp/>") == "mine.xml:3: <avp> needs the attribute code")
  }

  @Test("a secret stays one, whatever a dictionary calls it") func secrets() throws {
    let file = try read(
      #"<dictionary><vendor vendor-id="TGPP" code="10415"><avp name="Mine" code="625"><type type-name="UTF8String"/></avp></vendor></dictionary>"#
    )
    var dictionary = DiameterDictionary.standard
    dictionary.merge(file.definitions)
    #expect(dictionary.attribute(625, vendor: 10415)?.name == "Mine")
    #expect(dictionary.attribute(625, vendor: 10415)?.secret == .keys)
  }

  @Test("included files are passed over, with a warning", arguments: [" SYSTEM \"dictionary.dtd\"", ""])
  func entities(_ subset: String) throws {
    let file = try read(
      """
      <!DOCTYPE dictionary\(subset) [
        <!ENTITY more SYSTEM "/etc/passwd">
      ]>
      <dictionary>
        &more;
        <vendor vendor-id="V" code="7"><avp name="A" code="1"><type type-name="Time"/></avp></vendor>
      </dictionary>
      """)
    #expect(file.warnings == ["mine.xml:5: &more; is passed over: files that a dictionary includes are not read"])
    #expect(file.definitions.attribute(1, vendor: 7)?.type == .time)
  }

  @Test("entities do not grow") func expansion() throws {
    let text = """
      <!DOCTYPE dictionary [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
      <dictionary><vendor vendor-id="V" code="7" name="x&b;y"/></dictionary>
      """
    let name = try read(text).definitions.vendorName(7)
    #expect((name?.utf8.count ?? 0) < 10)
  }

  @Test(
    "what is wrong stands on its line",
    arguments: [
      ("<dictionary>\n<avp name=\"A\"/>\n</dictionary>", "mine.xml:2: <avp> needs the attribute code"),
      (
        "<dictionary>\n\n<avp name=\"A\" code=\"x\"/></dictionary>",
        "mine.xml:3: code=\"x\" of <avp> is no number from 0 to 4294967295"
      ),
      (
        "<dictionary>\n<avp name=\"A\" code=\"1\"><type type-name=\"Colour\"/></avp></dictionary>",
        "mine.xml:2: the type 'Colour' of A is not known"
      ),
      (
        "<dictionary>\n<avp name=\"A\" code=\"1\" vendor-id=\"Nobody\"/></dictionary>",
        "mine.xml:2: the vendor 'Nobody' of A is not defined"
      ),
      ("<lexicon/>", "mine.xml:1: nothing that a dictionary defines is in it"),
    ])
  func failures(_ text: String, _ expected: String) {
    #expect(failure(text) == expected)
  }

  @Test("what is no XML") func noXML() throws {
    #expect(try #require(failure("<dictionary>\n<base>\n</dictionary>")).hasPrefix("mine.xml:3: no XML: "))
    #expect(failure("no dictionary at all") == "mine.xml:1: nothing that a dictionary defines is in it")
    #expect(failure("") != nil)
  }

  @Test("a file that is not there") func missing() {
    #expect(throws: DictionaryFileFailure.self) { try DictionaryFile(path: "/nowhere/dictionary.xml") }
  }

  @Test("types that stand for each other in a circle are not known") func circle() {
    let text =
      #"<dictionary><typedefn type-name="A" type-parent="B"/><typedefn type-name="B" type-parent="A"/><avp name="X" code="1"><type type-name="A"/></avp></dictionary>"#
    #expect(failure(text) == "mine.xml:1: the type 'A' of X is not known")
  }
}
