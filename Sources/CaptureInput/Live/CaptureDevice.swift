import CLibpcap

/// An interface that can be captured from, as libpcap lists it.
public struct CaptureDevice: Hashable, Sendable {
  /// The name that `LiveCaptureOptions.interfaces` takes.
  public var name: String
  /// What the system says about it; empty where it says nothing.
  public var description: String
  /// Whether it is up.
  public var isUp: Bool
  /// Whether it is the loopback interface.
  public var isLoopback: Bool

  /// All interfaces that this user may capture from, in the order of libpcap.
  public static func all() throws(CaptureInputFailure) -> [CaptureDevice] {
    var list: UnsafeMutablePointer<pcap_if_t>?
    var failure: String?
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PCAP_ERRBUF_SIZE)) { words in
      guard let base = words.baseAddress else { return }
      unsafe base.initialize(repeating: 0, count: words.count)
      if unsafe pcap_findalldevs(&list, base) != 0 { failure = unsafe String(cString: base) }
    }
    if let failure { throw CaptureInputFailure(input: "interfaces", message: "cannot be listed: \(failure)") }
    defer { unsafe pcap_freealldevs(list) }
    var devices: [CaptureDevice] = []
    var next = unsafe list
    while let entry = unsafe next?.pointee {
      unsafe devices.append(
        CaptureDevice(
          name: String(cString: entry.name), description: entry.description.map { unsafe String(cString: $0) } ?? "",
          isUp: entry.flags & UInt32(PCAP_IF_UP) != 0, isLoopback: entry.flags & UInt32(PCAP_IF_LOOPBACK) != 0))
      unsafe next = entry.next
    }
    return devices
  }
}
