import SIPMessages

/// What a message or subscription is for.
public enum MessagingService: String, CaseIterable, Sendable {
  /// A short message over IP (TS 24.341).
  case sms
  /// A message between people (RFC 3428).
  case instantMessage = "instant_message"
  /// Presence, and who watches it (RFC 3856, RFC 3857).
  case presence
  /// Which contacts are registered (RFC 3680).
  case registrationState = "registration_state"
  /// Who takes part in a conference (RFC 4575).
  case conference
  /// Which dialogs somebody has (RFC 4235).
  case dialogState = "dialog_state"
  /// Messages waiting (RFC 3842).
  case messageWaiting = "message_waiting"
  /// What came of a REFER (RFC 3515).
  case transfer
  /// Documents and settings (RFC 5875, RFC 6080).
  case configuration
  /// Anything else.
  case other

  private static let packages: [String: MessagingService] = [
    "presence": .presence, "presence.winfo": .presence, "reg": .registrationState, "conference": .conference,
    "dialog": .dialogState, "message-summary": .messageWaiting, "refer": .transfer, "xcap-diff": .configuration,
    "ua-profile": .configuration,
  ]

  init(method: SIPMethod, eventPackage: String?, isShortMessage: Bool) {
    if isShortMessage {
      self = .sms
    } else if let eventPackage {
      self = MessagingService.packages[eventPackage.lowercased()] ?? .other
    } else {
      self = method == .message ? .instantMessage : method == .refer ? .transfer : .other
    }
  }
}
