/// What a registration was for (TS 24.229 sections 5.1.1 and 5.4.1).
public enum RegistrationKind: String, CaseIterable, Sendable {
  /// The user was not registered before, as far as the capture tells.
  case initial
  /// The same private identity has another contact that had not expired, and keeps it (RFC 5626 section 4.2, TS 24.229
  /// section 5.4.1.2.2).
  case additionalContact = "additional_contact"
  /// A binding that had not expired was refreshed.
  case reRegistration = "re_registration"
  /// The user gave the binding up.
  case deRegistration = "de_registration"
  /// The HSS or the S-CSCF ended it.
  case networkDeRegistration = "network_de_registration"
  /// The S-CSCF reported to the HSS that the binding expired.
  case timeout
}
