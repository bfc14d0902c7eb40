import Testing

@testable import DiameterMessages

@Suite struct DictionaryTableTests {
  @Test func everyLineOfTheTablesIsADefinition() {
    var reader = DictionaryTableReader(DiameterDictionary())
    for table in StandardTables.all { reader.read(table) }
    #expect(reader.linesNotUnderstood == 0)
  }

  @Test func aLineThatIsNoDefinitionIsCounted() {
    var reader = DictionaryTableReader(DiameterDictionary())
    reader.read("601 Public-Identity String\n= 1 X\nvendor x\n99999999999 A Grouped\nvalue 3 A\n5 A Grouped secrets")
    #expect(reader.linesNotUnderstood == 6)
  }

  @Test func additionsWinAndSecretsStaySecret() throws {
    var additions = DiameterDictionary()
    additions.define(
      DiameterAttributeDefinition(
        code: 610, vendor: DiameterVendor.threeGPP, name: "Mine", type: .utf8String, valueNames: [7: "SEVEN"]))
    var dictionary = DiameterDictionary.standard
    dictionary.merge(additions)
    let merged = try #require(dictionary.attribute(610, vendor: DiameterVendor.threeGPP))
    #expect(merged.name == "Mine" && merged.secret != nil && merged.valueNames[7] == "SEVEN")
  }

  @Test func namesAreThoseOfTheStandards() {
    let dictionary = DiameterDictionary.standard
    #expect(dictionary.commandAbbreviation(300, isRequest: true) == "UAR")
    #expect(dictionary.commandName(303, isRequest: false) == "Multimedia-Auth-Answer")
    #expect(dictionary.interfaceName(application: 16_777_216, command: 300) == "Cx")
    #expect(dictionary.resultName(2001) == "DIAMETER_SUCCESS")
    #expect(
      dictionary.experimentalResultName(vendor: DiameterVendor.threeGPP, code: 2001) == "DIAMETER_FIRST_REGISTRATION")
    #expect(dictionary.enumerationName(10, of: 614, vendor: DiameterVendor.threeGPP) == "AUTHENTICATION_TIMEOUT")
    #expect(dictionary.commandAbbreviation(9_999_999, isRequest: true) == "9999999")
  }
}
