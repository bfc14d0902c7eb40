import ByteReading
import CaptureInput
import DictionaryFiles

extension EntryPoint {
  static let files = [
    // A capture file: pcap, pcapng, either compressed.
    EntryPoint("capture-file", .capture) { bytes in
      let capture = ScratchFile(bytes)
      guard var source = try? MergedCapture([capture.path], isInterrupted: { false }) else { return }
      var sum: UInt64 = 0
      while source.advance() {
        let frame = source.frame
        sum &+= UInt64(frame.bytes.byteCount)
        if source.hasFrameOptions { sum &+= UInt64(source.frameComments.count) }
      }
      _ = source.warnings
      _ = source.resolvedNames
      _ = source.summaries
    },
    EntryPoint("dictionary-file", .lines) { bytes in
      _ = try? DictionaryFile(bytes: bytes.copied(0..<bytes.byteCount), path: "dictionary.xml")
    },
  ]
}
