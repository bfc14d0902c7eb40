/// What became of a short message: TP-Status and TP-Failure-Cause by name.
public enum ShortMessageResult {
  /// The words of TP-Status (TS 23.040 section 9.2.3.15); nil where the value is reserved.
  public static func statusName(_ status: UInt8) -> String? {
    statusNames[status]
  }

  /// Whether TP-Status tells of success, of a try that goes on, or of failure (TS 23.040 section 9.2.3.15).
  public static func statusGroup(_ status: UInt8) -> String {
    switch status {
    case 0x00...0x1f: "completed"
    case 0x20...0x3f: "temporary_error_still_trying"
    case 0x40...0x5f: "permanent_error"
    case 0x60...0x7f: "temporary_error_given_up"
    default: "reserved"
    }
  }

  /// The words of TP-Failure-Cause (TS 23.040 section 9.2.3.22); nil where the value is reserved.
  public static func failureName(_ cause: UInt8) -> String? {
    (0xe0...0xfe).contains(cause) ? "value specific to an application" : failureNames[cause]
  }

  private static let statusNames: [UInt8: String] = [
    0x00: "short message received by the SME",
    0x01: "short message forwarded to the SME, delivery not confirmed",
    0x02: "short message replaced by the service centre",
    0x20: "congestion", 0x21: "SME busy", 0x22: "no response from SME", 0x23: "service rejected",
    0x24: "quality of service not available", 0x25: "error in SME",
    0x40: "remote procedure error", 0x41: "incompatible destination", 0x42: "connection rejected by SME",
    0x43: "not obtainable", 0x44: "quality of service not available", 0x45: "no interworking available",
    0x46: "validity period expired", 0x47: "deleted by originating SME",
    0x48: "deleted by service centre administration", 0x49: "short message does not exist",
    0x60: "congestion", 0x61: "SME busy", 0x62: "no response from SME", 0x63: "service rejected",
    0x64: "quality of service not available", 0x65: "error in SME",
  ]

  private static let failureNames: [UInt8: String] = [
    0x80: "telematic interworking not supported", 0x81: "short message type 0 not supported",
    0x82: "cannot replace short message", 0x8f: "unspecified TP-PID error",
    0x90: "data coding scheme (alphabet) not supported", 0x91: "message class not supported",
    0x9f: "unspecified TP-DCS error", 0xa0: "command cannot be actioned", 0xa1: "command unsupported",
    0xaf: "unspecified TP-Command error", 0xb0: "TPDU not supported", 0xc0: "service centre busy",
    0xc1: "no service centre subscription", 0xc2: "service centre system failure", 0xc3: "invalid SME address",
    0xc4: "destination SME barred", 0xc5: "short message rejected, duplicate", 0xc6: "TP-VPF not supported",
    0xc7: "TP-VP not supported", 0xd0: "SIM SMS storage full", 0xd1: "no SMS storage capability in SIM",
    0xd2: "error in MS", 0xd3: "memory capacity exceeded", 0xd4: "SIM application toolkit busy",
    0xd5: "SIM data download error", 0xff: "unspecified error cause",
  ]
}
