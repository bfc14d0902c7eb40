/// The causes of ABORT and ERROR (RFC 9260 section 3.3.10, RFC 5061 section 4.3).
enum SCTPCause {
  private static let names: [UInt16: String] = [
    1: "Invalid Stream Identifier", 2: "Missing Mandatory Parameter", 3: "Stale Cookie", 4: "Out of Resource",
    5: "Unresolvable Address", 6: "Unrecognized Chunk Type", 7: "Invalid Mandatory Parameter",
    8: "Unrecognized Parameters", 9: "No User Data", 10: "Cookie Received While Shutting Down",
    11: "Restart of an Association with New Addresses", 12: "User-Initiated Abort", 13: "Protocol Violation",
    0x00a0: "Request to Delete Last Remaining IP Address", 0x00a1: "Operation Refused Due to Resource Shortage",
    0x00a2: "Request to Delete Source IP Address", 0x00a3: "Association Aborted Due to Illegal ASCONF-ACK",
    0x00a4: "Request Refused - No Authorization",
  ]

  /// The name of a cause; nil for 0, which stands for none given, and for what is not known.
  static func name(_ code: UInt16) -> String? { names[code] }
}
