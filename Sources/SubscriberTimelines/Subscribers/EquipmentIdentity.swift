import ByteReading

/// The identity of the equipment in `+sip.instance`.
public enum EquipmentIdentity {
  /// The 14 digits of an IMEI, type allocation code and serial number, of `urn:gsma:imei:TAC-SNR-SPARE` (RFC 7254 section
  /// 4); nil for another kind of instance.
  public static func imei(ofInstance instance: String) -> String? {
    let bytes = unsafe instance.utf8.span.bytes
    let prefix: StaticString = "urn:gsma:imei:"
    var start = 0
    while start < bytes.byteCount,
      bytes.byte(at: start) == UInt8(ascii: "<") || bytes.byte(at: start) == UInt8(ascii: "\"")
    {
      start += 1
    }
    let code = start + prefix.utf8CodeUnitCount
    let serial = code + 9
    let end = serial + 6
    guard end <= bytes.byteCount, bytes.equalsIgnoringCase(prefix, in: start..<code),
      bytes.byte(at: serial - 1) == UInt8(ascii: "-"),
      end == bytes.byteCount || bytes.byte(at: end) == UInt8(ascii: "-"),
      isNumber(bytes, code..<serial - 1), isNumber(bytes, serial..<end)
    else { return nil }
    return bytes.text(in: code..<serial - 1) + bytes.text(in: serial..<end)
  }

  private static func isNumber(_ bytes: RawSpan, _ range: Range<Int>) -> Bool {
    range.allSatisfy { bytes.byte(at: $0) &- UInt8(ascii: "0") < 10 }
  }
}
