import DiameterMessages

/// Collects what the elements of a dictionary file define. Vendors and types may be named before they are defined, so
/// that all is joined at the end.
struct DictionaryElements {
  /// What is wrong, and on which line.
  struct Problem: Error {
    var line: Int
    var message: String
  }

  /// An AVP as it was written.
  private struct Attribute {
    var line: Int
    var name: String
    var code: UInt32
    /// The vendor by its name in the file; nil for the base protocol.
    var vendor: String?
    /// The vendor in whose element the AVP stands.
    var surroundingVendor: String?
    var type: String?
    var isGrouped = false
    var valueNames: [UInt32: String] = [:]
  }

  /// Whether anything was defined.
  private(set) var isDictionary = false

  private var vendors: [String: (code: UInt32, name: String)] = [:]
  private var parents: [String: String] = [:]
  private var attributes: [Attribute] = []
  private var open: Attribute?
  private var openVendor: String?
  private var definitions = DiameterDictionary()

  /// Takes the start of an element.
  mutating func begin(_ name: String, _ values: [String: String], line: Int) throws(Problem) {
    if ["vendor", "application", "command", "typedefn", "avp"].contains(name) { isDictionary = true }
    switch name {
    case "vendor":
      let id = try text("vendor-id", of: name, values, line)
      vendors[id] = (try number("code", of: name, values, line), values["name"] ?? id)
      openVendor = id
    case "application":
      let id = try number("id", of: name, values, line)
      let title = values["name"] ?? String(id)
      // Wireshark's form has no short names: where the standards give one it stays.
      let interface = DiameterDictionary.standard.application(id)?.interface ?? title
      definitions.define(DiameterApplicationDefinition(identifier: id, interface: interface, name: title))
    case "command": try defineCommand(values, line)
    case "typedefn": parents[try text("type-name", of: name, values, line)] = values["type-parent"]
    case "avp":
      open = Attribute(
        line: line, name: try text("name", of: name, values, line), code: try number("code", of: name, values, line),
        vendor: values["vendor-id"], surroundingVendor: openVendor)
    case "type":
      let type = try text("type-name", of: name, values, line)
      open?.type = type
    case "grouped": open?.isGrouped = true
    case "enum":
      let title = try text("name", of: name, values, line)
      let code = try signedNumber("code", of: name, values, line)
      open?.valueNames[code] = title
    default: break
    }
  }

  /// Takes the end of an element.
  mutating func end(_ name: String) {
    switch name {
    case "avp":
      if let open { attributes.append(open) }
      open = nil
    case "vendor": openVendor = nil
    default: break
    }
  }

  /// All that was defined.
  func joined() throws(Problem) -> DiameterDictionary {
    var result = definitions
    for (code, name) in vendors.values { result.defineVendor(code, name: name) }
    for attribute in attributes {
      result.define(
        DiameterAttributeDefinition(
          code: attribute.code, vendor: try vendor(of: attribute), name: attribute.name, type: try type(of: attribute),
          valueNames: attribute.valueNames))
    }
    return result
  }

  private mutating func defineCommand(_ values: [String: String], _ line: Int) throws(Problem) {
    let code = try number("code", of: "command", values, line)
    var name = try text("name", of: "command", values, line)
    for suffix in ["-Request", "-Answer"] where name.hasSuffix(suffix) { name.removeLast(suffix.count) }
    // `3GPP-Update-Location` is said `UL`.
    let initials = name.split(separator: "-").filter { $0 != "3GPP" }.compactMap(\.first).map(String.init).joined()
    let abbreviation = DiameterDictionary.standard.command(code)?.abbreviation ?? initials.uppercased()
    definitions.define(DiameterCommandDefinition(code: code, name: name, abbreviation: abbreviation))
  }

  private func vendor(of attribute: Attribute) throws(Problem) -> UInt32 {
    guard let name = attribute.vendor ?? attribute.surroundingVendor, name != "None" else { return 0 }
    if let vendor = vendors[name] { return vendor.code }
    if let code = UInt32(name) ?? DictionaryElements.knownVendors[name] { return code }
    throw Problem(line: attribute.line, message: "the vendor '\(name)' of \(attribute.name) is not defined")
  }

  private func type(of attribute: Attribute) throws(Problem) -> DiameterAttributeType {
    if attribute.isGrouped { return .grouped }
    guard var name = attribute.type else { return .octetString }
    // A type may stand for another; a circle ends after as many steps as there are types.
    for _ in 0...parents.count {
      if let type = DiameterAttributeType(rawValue: name) ?? DictionaryElements.types[name] { return type }
      guard let parent = parents[name] else { break }
      name = parent
    }
    throw Problem(
      line: attribute.line, message: "the type '\(attribute.type ?? "")' of \(attribute.name) is not known")
  }

  /// What Wireshark's own files call the vendors that others refer to.
  private static let knownVendors: [String: UInt32] = ["TGPP": 10415, "ETSI": 13019, "TGPP2": 5535]

  /// Types that Wireshark has beyond those of the standards.
  private static let types: [String: DiameterAttributeType] = [
    "AppId": .unsigned32, "VendorId": .unsigned32, "OctetStringOrUTF8": .text,
  ]

  // MARK: - Attributes of elements

  private func text(
    _ key: String, of element: String, _ values: [String: String], _ line: Int
  ) throws(Problem) -> String {
    guard let text = values[key], !text.isEmpty else {
      throw Problem(line: line, message: "<\(element)> needs the attribute \(key)")
    }
    return text
  }

  private func number(
    _ key: String, of element: String, _ values: [String: String], _ line: Int
  ) throws(Problem) -> UInt32 {
    let text = try text(key, of: element, values, line)
    guard let number = UInt32(text) else {
      throw Problem(line: line, message: "\(key)=\"\(text)\" of <\(element)> is no number from 0 to \(UInt32.max)")
    }
    return number
  }

  /// The value of an Enumerated may be negative (RFC 6733 section 4.3.1: derived from Integer32).
  private func signedNumber(
    _ key: String, of element: String, _ values: [String: String], _ line: Int
  ) throws(Problem) -> UInt32 {
    if let number = values[key].flatMap({ Int32($0) }) { return UInt32(bitPattern: number) }
    return try number(key, of: element, values, line)
  }
}
