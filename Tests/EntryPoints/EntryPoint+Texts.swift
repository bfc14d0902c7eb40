import ByteReading
import Reports
import SubscriberTimelines

extension EntryPoint {
  static let texts = [
    EntryPoint("display-filter", .bytes) { bytes in
      _ = try? DisplayFilter(bytes.text(in: 0..<bytes.byteCount))
    },
    EntryPoint("names-file", .lines) { bytes in
      var names = NodeNames()
      try? names.add(bytes.text(in: 0..<bytes.byteCount), file: "names")
    },
  ]
}
