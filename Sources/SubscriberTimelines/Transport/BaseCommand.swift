/// The commands by which Diameter peers keep their connection (RFC 6733 section 3.1).
enum BaseCommand {
  static let capabilitiesExchange: UInt32 = 257
  static let deviceWatchdog: UInt32 = 280
  static let disconnectPeer: UInt32 = 282
}
