import Synchronization

/// Names and types of applications, commands, AVPs and their values. `standard` holds those of the standards; a user's
/// additions are merged into a copy of it.
///
/// Nothing is built before it is asked for, and nothing in the packet path asks.
public struct DiameterDictionary: Sendable {
  /// What the standards define.
  public static let standard: DiameterDictionary = {
    var dictionary = DiameterDictionary()
    // Somewhat more than the tables define, so that it is laid out once.
    dictionary.attributes.reserveCapacity(1200)
    var reader = DictionaryTableReader(dictionary)
    for table in StandardTables.all { reader.read(table) }
    return reader.dictionary
  }()

  /// What a run knows: the standards, and what the user added.
  public static let known: DiameterDictionary = {
    var dictionary = standard
    dictionary.merge(additions.withLock { $0 })
    return dictionary
  }()

  private static let additions = Mutex(DiameterDictionary())

  /// Adds what a user defines to `known`. Must come before anything is read or written: what asked for a name before has
  /// the names of the standards.
  public static func add(_ definitions: DiameterDictionary) {
    additions.withLock { $0.merge(definitions) }
  }

  /// A code and what it is relative to: the vendor of an AVP or of a result.
  struct Key: Hashable {
    let scope: UInt32
    let code: UInt32
  }

  private var applications: [UInt32: DiameterApplicationDefinition] = [:]
  private var commands: [UInt32: DiameterCommandDefinition] = [:]
  private var attributes: [Key: DiameterAttributeDefinition] = [:]
  private var experimentalResults: [Key: String] = [:]
  private var vendors: [UInt32: String] = [:]

  /// An empty dictionary: the start of a user's additions.
  public init() {}

  /// The definition of the AVP with this code of this vendor; nil where it is not known.
  public func attribute(_ code: UInt32, vendor: UInt32 = DiameterVendor.none) -> DiameterAttributeDefinition? {
    attributes[Key(scope: vendor, code: code)]
  }

  /// The definition of a command; nil where it is not known. Command codes are unique over all applications (RFC 6733
  /// section 11.2).
  public func command(_ code: UInt32) -> DiameterCommandDefinition? {
    commands[code]
  }

  /// The definition of an application; nil where it is not known.
  public func application(_ identifier: UInt32) -> DiameterApplicationDefinition? {
    applications[identifier]
  }

  /// The name of a vendor; nil where it is not known.
  public func vendorName(_ vendor: UInt32) -> String? {
    vendors[vendor]
  }

  /// The abbreviation of a command as it is said: `UAR`, `UAA`; its code where it is not known.
  public func commandAbbreviation(_ code: UInt32, isRequest: Bool) -> String {
    command(code).map { $0.abbreviation + (isRequest ? "R" : "A") } ?? String(code)
  }

  /// The name of a command: `User-Authorization-Request`; its code where it is not known.
  public func commandName(_ code: UInt32, isRequest: Bool) -> String {
    command(code).map { $0.name + (isRequest ? "-Request" : "-Answer") } ?? String(code)
  }

  /// The interface that a message belongs to: `Cx`, `Sh`, `Rx`, `Ro`, ..., `base`; the Application-ID where it is not
  /// known. Dx and Dh share Cx's and Sh's application: only an answer with Redirect-Host tells them apart.
  public func interfaceName(application: UInt32, command: UInt32) -> String {
    // Accounting may be sent with the identifier of the base protocol by nodes older than RFC 6733 section 2.4.
    if application == 0, command == 271 { return interfaceName(application: 3, command: command) }
    return self.application(application)?.interface ?? String(application)
  }

  /// The name of a Result-Code (RFC 6733 section 7.1): `DIAMETER_SUCCESS`; nil where it is not known.
  public func resultName(_ code: UInt32) -> String? {
    enumerationName(code, of: DiameterAttributeCode.resultCode)
  }

  /// The name of an Experimental-Result-Code of a vendor: `DIAMETER_FIRST_REGISTRATION`; nil where it is not known.
  public func experimentalResultName(vendor: UInt32, code: UInt32) -> String? {
    experimentalResults[Key(scope: vendor, code: code)]
  }

  /// The name of a Disconnect-Cause (RFC 6733 section 5.4.3): `REBOOTING`; nil where it is not known.
  public func disconnectCauseName(_ code: UInt32) -> String? {
    enumerationName(code, of: DiameterAttributeCode.disconnectCause)
  }

  /// The name of a value of an AVP; nil where it is not known.
  public func enumerationName(
    _ value: UInt32, of code: UInt32, vendor: UInt32 = DiameterVendor.none
  ) -> String? {
    attribute(code, vendor: vendor)?.valueNames[value]
  }

  /// Defines an AVP, in place of an earlier definition; names of values known before stay unless named again. An AVP
  /// known to be secret stays secret.
  public mutating func define(_ definition: DiameterAttributeDefinition) {
    let key = Key(scope: definition.vendor, code: definition.code)
    var merged = definition
    if let known = attributes[key] {
      merged.valueNames = known.valueNames.merging(definition.valueNames) { $1 }
      merged.secret = known.secret ?? definition.secret
    }
    attributes[key] = merged
  }

  /// Defines a command, in place of an earlier definition.
  public mutating func define(_ definition: DiameterCommandDefinition) {
    commands[definition.code] = definition
  }

  /// Defines an application, in place of an earlier definition.
  public mutating func define(_ definition: DiameterApplicationDefinition) {
    applications[definition.identifier] = definition
  }

  /// Names a vendor.
  public mutating func defineVendor(_ vendor: UInt32, name: String) {
    vendors[vendor] = name
  }

  /// Names an Experimental-Result-Code of a vendor.
  public mutating func defineExperimentalResult(_ code: UInt32, vendor: UInt32, name: String) {
    experimentalResults[Key(scope: vendor, code: code)] = name
  }

  /// Adds all of `additions`, which win where both define the same.
  public mutating func merge(_ additions: DiameterDictionary) {
    for definition in additions.applications.values { define(definition) }
    for definition in additions.commands.values { define(definition) }
    for definition in additions.attributes.values { define(definition) }
    experimentalResults.merge(additions.experimentalResults) { $1 }
    vendors.merge(additions.vendors) { $1 }
  }
}
