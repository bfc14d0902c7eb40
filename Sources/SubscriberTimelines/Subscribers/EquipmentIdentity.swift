/// The identity of the equipment in `+sip.instance`.
public enum EquipmentIdentity {
  /// The 14 digits of an IMEI, type allocation code and serial number, of `urn:gsma:imei:TAC-SNR-SPARE` (RFC 7254 section
  /// 4); nil for another kind of instance.
  public static func imei(ofInstance instance: String) -> String? {
    let prefix = "urn:gsma:imei:"
    let text = instance.drop { $0 == "<" || $0 == "\"" }
    guard text.prefix(prefix.count).lowercased() == prefix else { return nil }
    let parts = text.dropFirst(prefix.count).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 2, parts[0].count == 8, parts[1].count == 6 else { return nil }
    let digits = String(parts[0] + parts[1])
    return digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? digits : nil
  }
}
