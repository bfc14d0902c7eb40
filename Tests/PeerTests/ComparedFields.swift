import Foundation

/// What both readers say of the messages of one frame: the values of each field, in the order in which they stand, white
/// space brought to one form.
///
/// A field of tshark holds all its occurrences in a frame; those of one message follow those of the one before it.
struct ComparedFields {
  /// The headers that are compared as they stand, by their names; tshark's fields are called so.
  private static let headers = [
    "Via", "From", "To", "Contact", "Route", "Record-Route", "Path", "Service-Route", "RAck", "RSeq", "Require",
    "Supported", "Expires", "Event", "Subscription-State", "Refer-To", "Replaces", "Reason", "Retry-After", "Warning",
    "History-Info", "Diversion", "Geolocation", "Feature-Caps", "Session-ID", "Session-Expires", "Content-Type",
    "Authorization", "WWW-Authenticate", "Proxy-Authorization", "Proxy-Authenticate", "Security-Client",
    "Security-Server", "Security-Verify", "P-Access-Network-Info", "P-Asserted-Identity", "P-Associated-URI",
    "P-Called-Party-ID", "P-Charging-Function-Addresses", "P-Charging-Vector", "P-Early-Media",
    "P-Preferred-Identity", "P-Served-User", "P-Visited-Network-ID",
  ]

  /// The fields of SIP and of the session descriptions in it.
  static let sip =
    [
      "sip.Method", "sip.Status-Code", "sip.Call-ID", "sip.CSeq.seq", "sip.CSeq.method", "sip.from.addr",
      "sip.from.tag", "sip.to.addr", "sip.to.tag", "sip.Via.branch", "sip.contact.uri", "sdp.media",
    ] + headers.map { "sip." + $0 }

  /// The fields of Diameter; those of AVPs at every depth.
  static let diameter = [
    "diameter.cmd.code", "diameter.applicationId", "diameter.flags", "diameter.hopbyhopid", "diameter.endtoendid",
    "diameter.Session-Id", "diameter.Origin-Host", "diameter.Result-Code", "diameter.Experimental-Result-Code",
    "diameter.User-Name", "diameter.Public-Identity", "diameter.avp.code", "diameter.avp.vendorId",
  ]

  /// All fields, in the order in which tshark is asked for them.
  static let names = ["frame.number", "frame.protocols"] + sip + diameter

  private(set) var values: [String: [String]] = [:]

  init() {}

  /// What tshark says of a frame, in the order of `names`.
  init(columns: [[Substring]]) {
    for (name, column) in zip(ComparedFields.names, columns) {
      for value in column { add(name, String(value)) }
    }
  }

  /// Whether there is a SIP message: tshark gives some of its fields to identities and session descriptions inside
  /// Diameter, too.
  var hasSIP: Bool { values["sip.Method"] != nil || values["sip.Status-Code"] != nil }

  /// Whether the messages are inside ESP.
  var isSecured: Bool { values["frame.protocols"]?.first?.split(separator: ":").contains("esp") ?? false }

  mutating func add(_ name: String, _ value: String?) {
    guard let value else { return }
    values[name, default: []].append(value.split(whereSeparator: \.isWhitespace).joined(separator: " "))
  }

  // MARK: - What `imstrace messages --format ndjson --detail full` says

  typealias Object = [String: Any]

  /// Adds a message of ours.
  mutating func add(message: Object) {
    add("frame.protocols", (message["layers"] as? [String])?.joined(separator: ":"))
    if message["protocol"] as? String == "SIP" { add(sip: message) } else { add(diameter: message) }
  }

  private mutating func add(sip message: Object) {
    if let status = message["status"] as? Int {
      add("sip.Status-Code", String(status))
    } else {
      add("sip.Method", message["method"] as? String)
    }
    for header in message["headers"] as? [Object] ?? [] {
      add(header: header["name"] as? String ?? "", header["value"] as? String, header["values"] as? [Object] ?? [])
    }
    for part in (message["body"] as? Object)?["parts"] as? [Object] ?? [] {
      for medium in (part["sdp"] as? Object)?["media"] as? [Object] ?? [] {
        let formats = (medium["formats"] as? [Object] ?? []).compactMap { $0["format"] as? String }
        let port = medium["port"].map { "\($0)" } ?? ""
        let words = [medium["type"] as? String ?? "", port, medium["protocol"] as? String ?? ""] + formats
        add("sdp.media", words.joined(separator: " "))
      }
    }
  }

  private mutating func add(header name: String, _ text: String?, _ decoded: [Object]) {
    if ComparedFields.headers.contains(name) { add("sip." + name, text) }
    switch name {
    case "Call-ID": add("sip.Call-ID", text)
    case "CSeq":
      add("sip.CSeq.seq", (decoded.first?["number"] as? Int).map { String($0) })
      add("sip.CSeq.method", decoded.first?["method"] as? String)
    case "From", "To":
      add("sip.\(name.lowercased()).addr", decoded.first?["uri"] as? String)
      add("sip.\(name.lowercased()).tag", (decoded.first?["parameters"] as? Object)?["tag"] as? String)
    case "Contact": for value in decoded { add("sip.contact.uri", value["uri"] as? String) }
    case "Via": for value in decoded { add("sip.Via.branch", value["branch"] as? String) }
    default: break
    }
  }

  private mutating func add(diameter message: Object) {
    let number = { (key: String) in message[key] as? Int ?? -1 }
    let bits = ["request": 0x80, "proxiable": 0x40, "error": 0x20, "retransmitted": 0x10]
    let flags = (message["flags"] as? [String] ?? []).reduce(0) {
      $0 | (bits[$1] ?? Int($1.dropFirst("reserved_".count)) ?? 0)
    }
    add("diameter.cmd.code", String(number("command_code")))
    add("diameter.applicationId", String(number("application_id")))
    add("diameter.flags", ComparedFields.hexadecimal(flags, digits: 2))
    add("diameter.hopbyhopid", ComparedFields.hexadecimal(number("hop_by_hop"), digits: 8))
    add("diameter.endtoendid", ComparedFields.hexadecimal(number("end_to_end"), digits: 8))
    add(attributes: message["avps"] as? [Object] ?? [])
  }

  private mutating func add(attributes: [Object]) {
    for attribute in attributes {
      let code = attribute["code"] as? Int ?? -1
      let vendor = attribute["vendor_id"] as? Int
      add("diameter.avp.code", String(code))
      if let vendor { add("diameter.avp.vendorId", String(vendor)) }
      let value = (attribute["value"] ?? attribute["octets"]).map { "\($0)" }
      switch (code, vendor ?? 0) {
      case (263, 0): add("diameter.Session-Id", value)
      case (264, 0): add("diameter.Origin-Host", value)
      case (268, 0): add("diameter.Result-Code", value)
      case (298, 0): add("diameter.Experimental-Result-Code", value)
      case (1, 0): add("diameter.User-Name", value)
      case (601, 10415): add("diameter.Public-Identity", value)
      default: break
      }
      add(attributes: attribute["avps"] as? [Object] ?? [])
    }
  }

  private static func hexadecimal(_ number: Int, digits: Int) -> String {
    let text = String(number, radix: 16)
    return "0x" + String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
