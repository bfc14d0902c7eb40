import CLibpcap
import CaptureFacts
import CaptureInput
import Foundation
import SharedCaptures
import Testing

/// libpcap reads the same files: a peer that shares nothing with our reader.
@Suite(.needsSharedCaptures)
struct LibpcapPeerTests {
  /// Reads a file with libpcap; nil where it does not open it. `isWhole` is false where it gave up.
  static func read(_ path: String) -> (frames: [ReadFrame], snapLength: Int, isWhole: Bool)? {
    var words = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    guard
      let handle = pcap_open_offline_with_tstamp_precision(path, UInt32(PCAP_TSTAMP_PRECISION_NANO), &words)
    else { return nil }
    defer { pcap_close(handle) }
    let linkType = UInt32(pcap_datalink(handle))
    var frames: [ReadFrame] = []
    var header: UnsafeMutablePointer<pcap_pkthdr>?
    var start: UnsafePointer<UInt8>?
    while true {
      let verdict = pcap_next_ex(handle, &header, &start)
      guard verdict == 1, let packet = header?.pointee else {
        return (frames, Int(pcap_snapshot(handle)), verdict == PCAP_ERROR_BREAK)
      }
      let bytes = [UInt8](UnsafeBufferPointer(start: start, count: Int(packet.caplen)))
      frames.append(
        ReadFrame(
          time: Int64(packet.ts.tv_sec) * 1_000_000_000 + Int64(packet.ts.tv_usec), linkType: linkType,
          originalLength: max(packet.len, packet.caplen), bytes: bytes))
    }
  }

  static let captures = ["diameter", "formats", "ims", "realcore", "sctp", "sip"].flatMap {
    SharedCaptures.files(in: $0, endingIn: [".pcap", ".pcapng", ".cap"])
  }

  @Test("as many frames, with the same time, lengths and bytes, as far as libpcap gets")
  func sameFrames() throws {
    var compared = 0
    for url in Self.captures {
      guard let peer = Self.read(url.path) else { continue }
      var capture = try MergedCapture([url.path])
      let frames = capture.readAll().map(\.content)
      let name = url.lastPathComponent
      if peer.isWhole { #expect(frames.count == peer.frames.count, "\(name)") }
      #expect(frames.count >= peer.frames.count, "\(name)")
      for (number, (ours, theirs)) in zip(frames, peer.frames).enumerated() where ours != theirs {
        var theirs = theirs
        // libpcap's own numbers for ATM and raw IP are not those of files, but old files have them as well.
        if [11: 100, 12: 101][theirs.linkType] == ours.linkType { theirs.linkType = ours.linkType }
        // It gives simple packets no time, and takes a fraction of 2^31 ns and more for a negative number.
        if theirs.time == 0 || name == "the-tcpdump-group-tcpdump__timestamp_invalid_nano.pcap" {
          theirs.time = ours.time
        }
        // It cuts frames at the snapshot length that the header states, even where more was kept.
        if theirs.bytes.count == peer.snapLength, theirs.bytes == Array(ours.bytes.prefix(peer.snapLength)) {
          theirs.bytes = ours.bytes
        }
        if ours == theirs { continue }
        Issue.record("\(name), frame \(number + 1): \(ours) instead of \(theirs)")
        break
      }
      compared += frames.count
    }
    #expect(compared > 30_000)
  }
}
