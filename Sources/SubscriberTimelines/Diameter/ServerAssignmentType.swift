/// Server-Assignment-Type (TS 29.229 section 6.3.15), as far as it says what a registration is for.
enum ServerAssignmentType: UInt32 {
  case noAssignment = 0
  case registration = 1
  case reRegistration = 2
  case unregisteredUser = 3
  case timeoutDeRegistration = 4
  case userDeRegistration = 5
  case timeoutDeRegistrationStoreServerName = 6
  case userDeRegistrationStoreServerName = 7
  case administrativeDeRegistration = 8
  case authenticationFailure = 9
  case authenticationTimeout = 10
  case deRegistrationTooMuchData = 11

  /// The kind of registration that the S-CSCF starts by itself with this type; nil where a UE's request is behind it.
  var networkKind: RegistrationKind? {
    switch self {
    case .timeoutDeRegistration, .timeoutDeRegistrationStoreServerName: .timeout
    case .administrativeDeRegistration, .deRegistrationTooMuchData: .networkDeRegistration
    default: nil
    }
  }
}
