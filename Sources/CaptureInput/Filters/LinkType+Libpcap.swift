import CaptureFacts

// libpcap numbers a few link types differently in its interface (DLT) than files do (LINKTYPE).
extension LinkType {
  private static let differing: [(libpcap: Int32, registered: UInt32)] = [
    (11, 100),  // ATM, RFC 1483
    (12, 101),  // raw IP
  ]

  /// The number that libpcap's functions take on Linux.
  var libpcapNumber: Int32 {
    LinkType.differing.first { $0.registered == rawValue }?.libpcap ?? Int32(truncatingIfNeeded: rawValue)
  }

  /// The link type with this number of libpcap's functions on Linux.
  init(libpcapNumber: Int32) {
    let registered = LinkType.differing.first { $0.libpcap == libpcapNumber }?.registered
    self.init(rawValue: registered ?? UInt32(bitPattern: libpcapNumber))
  }
}
