import CLibpcap
import CLinux
import CaptureFacts
import Glibc

/// One interface that is being captured from.
@safe
final class LiveInterface {
  /// How long the kernel may hold packets back to deliver several at once, in milliseconds: short enough for a person
  /// who watches.
  static let holdBack: Int32 = 100

  /// How long nothing is asked of an interface that went down, in microseconds, should it go up and down all the time.
  private static let pause: UInt32 = 50_000

  /// What the next packet is.
  @safe
  struct Packet {
    /// Nanoseconds since the epoch.
    var time: Int64
    /// The number of bytes on the wire.
    var originalLength: UInt32
    /// The bytes, in libpcap's memory until the next call.
    var bytes: UnsafeRawBufferPointer
  }

  /// The name as the user gave it.
  let name: String

  /// How its frames begin.
  let linkType: LinkType

  /// What libpcap warned of while it was opened.
  let warning: String?

  private let handle: OpaquePointer
  private let nanosecondsPerUnit: Int64
  private var counted = pcap_stat()

  /// How often the interface was taken down while it was captured from, its removal apart.
  var timesDown: UInt64 = 0

  /// Opens an interface. `isImmediate` delivers each packet at once, at the cost of more wake-ups.
  init(_ name: String, options: LiveCaptureOptions, isImmediate: Bool) throws(CaptureInputFailure) {
    var words = ""
    var created: OpaquePointer?
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PCAP_ERRBUF_SIZE)) { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe base.initialize(repeating: 0, count: buffer.count)
      unsafe created = pcap_create(name, base)
      unsafe words = String(cString: base)
    }
    guard let handle = unsafe created else {
      throw CaptureInputFailure(input: name, message: "cannot be opened: \(words)")
    }
    unsafe pcap_set_snaplen(handle, options.snapLength)
    unsafe pcap_set_promisc(handle, options.isPromiscuous ? 1 : 0)
    unsafe pcap_set_timeout(handle, LiveInterface.holdBack)
    unsafe pcap_set_immediate_mode(handle, isImmediate ? 1 : 0)
    if let size = options.bufferSize { unsafe pcap_set_buffer_size(handle, size) }
    unsafe pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO)
    do throws(CaptureInputFailure) {
      warning = try unsafe LiveInterface.activate(handle, name: name)
      if let filter = options.filter { try unsafe LiveInterface.set(filter, on: handle) }
    } catch {
      unsafe pcap_close(handle)
      throw error
    }
    self.name = name
    unsafe self.handle = handle
    linkType = LinkType(libpcapNumber: unsafe pcap_datalink(handle))
    nanosecondsPerUnit = unsafe pcap_get_tstamp_precision(handle) == PCAP_TSTAMP_PRECISION_NANO ? 1 : 1000
  }

  deinit {
    unsafe pcap_close(handle)
  }

  /// Begins capturing; the words of the warning, if there is one.
  private static func activate(_ handle: OpaquePointer, name: String) throws(CaptureInputFailure) -> String? {
    let verdict = unsafe pcap_activate(handle)
    let detail = unsafe String(cString: pcap_geterr(handle))
    guard verdict < 0 else {
      // Without blocking, so that several interfaces can be waited for at once.
      let isSet = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PCAP_ERRBUF_SIZE)) { buffer in
        unsafe buffer.baseAddress.map { unsafe pcap_setnonblock(handle, 1, $0) == 0 } ?? false
      }
      guard isSet else { throw CaptureInputFailure(input: name, message: "cannot be read without blocking") }
      return verdict == 0 ? nil : unsafe detail.isEmpty ? String(cString: pcap_statustostr(verdict)) : detail
    }
    let message =
      switch verdict {
      case PCAP_ERROR_NO_SUCH_DEVICE: "no such interface; list them with -D"
      case PCAP_ERROR_PERM_DENIED, PCAP_ERROR_PROMISC_PERM_DENIED:
        "this user may not capture; run as root, or give the program CAP_NET_RAW and CAP_NET_ADMIN (setcap)"
      case PCAP_ERROR_IFACE_NOT_UP: "the interface is down; bring it up first (ip link set \(name) up)"
      default: unsafe "cannot be opened: " + (detail.isEmpty ? String(cString: pcap_statustostr(verdict)) : detail)
      }
    throw CaptureInputFailure(input: name, message: message)
  }

  private static func set(_ filter: String, on handle: OpaquePointer) throws(CaptureInputFailure) {
    var program = unsafe bpf_program()
    guard unsafe pcap_compile(handle, &program, filter, 1, CompiledFilter.unknownNetmask) == 0 else {
      throw CaptureInputFailure(
        input: "filter '\(filter)'", message: unsafe "\(String(cString: pcap_geterr(handle))); see pcap-filter(7)")
    }
    defer { unsafe pcap_freecode(&program) }
    guard unsafe pcap_setfilter(handle, &program) == 0 else {
      throw CaptureInputFailure(
        input: "filter '\(filter)'", message: unsafe "cannot be set: \(String(cString: pcap_geterr(handle)))")
    }
  }

  /// The descriptor that becomes readable when packets are there.
  var descriptor: Int32 { unsafe pcap_get_selectable_fd(handle) }

  /// The next packet if one is there. Throws when the interface can no longer be captured from.
  func next() throws(CaptureInputFailure) -> Packet? {
    var header: UnsafeMutablePointer<pcap_pkthdr>?
    var start: UnsafePointer<UInt8>?
    let verdict = unsafe pcap_next_ex(handle, &header, &start)
    if verdict == 0 { return nil }
    guard verdict == 1, let packet = unsafe header?.pointee else {
      // An interface that is down but still there goes on by itself once it is up again (packet(7)). Versions of libpcap
      // before 1.10 call that an error, too.
      if unsafe bound_interface(pcap_fileno(handle)) > 0 {
        usleep(LiveInterface.pause)
        return nil
      }
      let words = unsafe String(cString: pcap_geterr(handle))
      throw CaptureInputFailure(input: name, message: "capturing ended: \(words)")
    }
    let time = Int64(packet.ts.tv_sec) &* 1_000_000_000 &+ Int64(packet.ts.tv_usec) &* nanosecondsPerUnit
    return unsafe Packet(
      time: time, originalLength: max(packet.len, packet.caplen),
      bytes: UnsafeRawBufferPointer(start: start, count: Int(packet.caplen)))
  }

  /// What to say of the times when the interface was down; nil where there were none.
  var warningOfGaps: CaptureInputFailure? {
    guard timesDown > 0 else { return nil }
    let times = timesDown == 1 ? "once" : "\(timesDown) times"
    return CaptureInputFailure(
      input: name, message: "the interface went down \(times); the capture went on when it came up again")
  }

  /// What was counted since the last call. The counters of libpcap have 32 bits and wrap.
  func newStatistics() -> LiveCaptureStatistics {
    var now = pcap_stat()
    var new = LiveCaptureStatistics()
    guard unsafe pcap_stats(handle, &now) == 0 else { return new }
    new.received = UInt64(now.ps_recv &- counted.ps_recv)
    new.droppedByKernel = UInt64(now.ps_drop &- counted.ps_drop)
    new.droppedByInterface = UInt64(now.ps_ifdrop &- counted.ps_ifdrop)
    counted = now
    return new
  }
}
