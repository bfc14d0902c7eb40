import CaptureFacts
import SubscriberTimelines

/// What protects messages, and what opened it.
extension JSONWriter {
  mutating func object(_ association: SecurityAssociationCoverage) {
    beginObject()
    key("spi")
    plainString { $0.append(contentsOf: ("0x" + association.spi.eightDigits).utf8) }
    member("from", association.source.description)
    member("to", association.destination.description)
    member("opened_by", association.means?.rawValue)
    member("encryption", association.encryption)
    member("integrity", association.integrity)
    member("opened", association.opened)
    member("without_keys", association.withoutKeys)
    member("integrity_failed", association.integrityFailed)
    member("window_exceeded", association.windowExceeded)
    member("malformed", association.malformed)
    endObject()
  }

  /// The security agreement of a registration; nothing where there is none.
  mutating func member(_ security: AccessSecurity?) {
    guard let security else { return }
    member("security") { json in
      json.member("mechanism", security.mechanism)
      json.member("integrity", security.integrity)
      json.member("encryption", security.encryption)
      json.member("mode", security.mode)
      if let user = security.userEquipment { json.member("ue", user) }
      json.member("p_cscf", security.proxy)
    }
  }

  private mutating func member(_ name: StaticString, _ end: AccessSecurity.End) {
    member(name) { json in
      json.member("spi_c", end.spiClient)
      json.member("port_c", end.portClient)
      json.member("spi_s", end.spiServer)
      json.member("port_s", end.portServer)
    }
  }
}

extension UInt32 {
  /// In hexadecimal with all its digits, as Wireshark shows an SPI.
  fileprivate var eightDigits: String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
