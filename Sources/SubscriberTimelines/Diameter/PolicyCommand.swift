/// The application of Rx (TS 29.214 section 5.2).
enum PolicyCommand {
  static let rxApplication: UInt32 = 16_777_236
}
