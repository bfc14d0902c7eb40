/// The commands of Cx and Dx (TS 29.229 section 6.1).
enum CxCommand {
  /// The application of Cx and Dx.
  static let application: UInt32 = 16_777_216
  static let userAuthorization: UInt32 = 300
  static let serverAssignment: UInt32 = 301
  static let locationInfo: UInt32 = 302
  static let multimediaAuth: UInt32 = 303
  static let registrationTermination: UInt32 = 304
  static let pushProfile: UInt32 = 305
}
