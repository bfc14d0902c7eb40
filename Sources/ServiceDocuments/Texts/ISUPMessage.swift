import ByteReading

/// A message of ISUP inside SIP (RFC 3204, `application/isup`): its type by name and its length. It begins with the
/// message type, for the routing label and the circuit are left out (RFC 3204 section 3.1).
public struct ISUPMessage: Hashable, Sendable {
  /// The message type (ITU-T Q.763 table 4).
  public var type: UInt8?
  /// The number of bytes.
  public var length: Int

  init(parsing bytes: RawSpan) {
    length = bytes.byteCount
    if length > 0 { type = bytes.byte(at: 0) }
  }

  /// The abbreviation of the type; nil where it is not assigned.
  public var name: String? { type.flatMap { ISUPMessage.names[$0] } }

  /// ITU-T Q.763 table 4.
  private static let names: [UInt8: String] = [
    0x01: "IAM", 0x02: "SAM", 0x03: "INR", 0x04: "INF", 0x05: "COT", 0x06: "ACM", 0x07: "CON", 0x08: "FOT",
    0x09: "ANM", 0x0c: "REL", 0x0d: "SUS", 0x0e: "RES", 0x10: "RLC", 0x11: "CCR", 0x12: "RSC", 0x13: "BLO",
    0x14: "UBL", 0x15: "BLA", 0x16: "UBA", 0x17: "GRS", 0x18: "CGB", 0x19: "CGU", 0x1a: "CGBA", 0x1b: "CGUA",
    0x1f: "FAR", 0x20: "FAA", 0x21: "FRJ", 0x24: "LPA", 0x28: "PAM", 0x29: "GRA", 0x2a: "CQM", 0x2b: "CQR",
    0x2c: "CPG", 0x2d: "USR", 0x2e: "UCIC", 0x2f: "CFN", 0x30: "OLM", 0x31: "CRG", 0x32: "NRM", 0x33: "FAC",
    0x34: "UPT", 0x35: "UPA", 0x36: "IDR", 0x37: "IRS", 0x38: "SGM",
  ]

  /// For reports.
  public var fields: DocumentFields {
    var fields = DocumentFields()
    fields.add("message_type", name ?? type.map { String($0) })
    fields.add("length", length)
    return fields
  }
}
