import CLibpcap
import CaptureFacts

/// A filter expression as libpcap compiled it for one link type.
@safe
final class CompiledFilter {
  /// The program; it points at instructions that libpcap allocated.
  private let program: UnsafeMutablePointer<bpf_program>

  /// Compiles an expression; throws the words of libpcap where it has no meaning for this link type.
  init(_ expression: String, for linkType: LinkType) throws(CaptureInputFailure) {
    guard let handle = unsafe pcap_open_dead(linkType.libpcapNumber, Int32(CaptureFile.largestFrame)) else {
      throw CaptureInputFailure(input: "filter", message: "libpcap has no memory for it")
    }
    defer { unsafe pcap_close(handle) }
    unsafe program = .allocate(capacity: 1)
    unsafe program.initialize(to: bpf_program())
    // 1: optimise. The netmask matters to `ip broadcast` only and is not known for a file.
    guard unsafe pcap_compile(handle, program, expression, 1, CompiledFilter.unknownNetmask) == 0 else {
      let words = unsafe String(cString: pcap_geterr(handle))
      throw CaptureInputFailure(
        input: "filter '\(expression)'", message: "\(words) (link type \(linkType.rawValue)); see pcap-filter(7)")
    }
  }

  deinit {
    unsafe pcap_freecode(program)
    unsafe program.deallocate()
  }

  /// `PCAP_NETMASK_UNKNOWN`, a macro that is not imported.
  static let unknownNetmask: UInt32 = 0xffff_ffff

  /// Whether a frame passes.
  func passes(_ bytes: borrowing RawSpan, originalLength: UInt32) -> Bool {
    unsafe bytes.withUnsafeBytes { frame in
      guard let start = frame.baseAddress else { return false }
      var header = pcap_pkthdr()
      header.caplen = UInt32(clamping: frame.count)
      header.len = originalLength
      return unsafe pcap_offline_filter(program, &header, start.assumingMemoryBound(to: UInt8.self)) != 0
    }
  }
}
