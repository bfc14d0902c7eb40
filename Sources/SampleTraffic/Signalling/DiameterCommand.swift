/// The Diameter commands that scenarios use, by the name of the request.
public enum DiameterCommand: String, CaseIterable, Sendable {
  case capabilitiesExchange = "CER"
  case deviceWatchdog = "DWR"
  case disconnectPeer = "DPR"
  case userAuthorization = "UAR"
  case serverAssignment = "SAR"
  case locationInfo = "LIR"
  case multimediaAuth = "MAR"
  case registrationTermination = "RTR"
  case pushProfile = "PPR"
  case userData = "UDR"
  case aa = "AAR"
  case reAuth = "RAR"
  case sessionTermination = "STR"
  case abortSession = "ASR"

  /// Command code, application and interface: RFC 6733 section 3.1, TS 29.229 section 6.1, TS 29.329 section 6.1,
  /// TS 29.214 section 5.6.
  var assignment: (code: UInt32, application: UInt32, interface: String) {
    switch self {
    case .capabilitiesExchange: (257, 0, "Base")
    case .deviceWatchdog: (280, 0, "Base")
    case .disconnectPeer: (282, 0, "Base")
    case .userAuthorization: (300, 16_777_216, "Cx")
    case .serverAssignment: (301, 16_777_216, "Cx")
    case .locationInfo: (302, 16_777_216, "Cx")
    case .multimediaAuth: (303, 16_777_216, "Cx")
    case .registrationTermination: (304, 16_777_216, "Cx")
    case .pushProfile: (305, 16_777_216, "Cx")
    case .userData: (306, 16_777_217, "Sh")
    case .aa: (265, 16_777_236, "Rx")
    case .reAuth: (258, 16_777_236, "Rx")
    case .sessionTermination: (275, 16_777_236, "Rx")
    case .abortSession: (274, 16_777_236, "Rx")
    }
  }
}
