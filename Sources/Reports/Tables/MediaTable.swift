import MediaStreams
import SubscriberTimelines

/// The columns of the table of media: a row for each direction, of calls and outside of them.
enum MediaTable {
  static let streams: [TableColumn<MediaStream>] = [
    TableColumn("time", "start", minimum: 12) { stream, context in stream.observed.map { context.time($0.start) } },
    TableColumn("from", "from", minimum: 15) { stream, _ in stream.from },
    TableColumn("to", "to", minimum: 15) { stream, _ in stream.to },
    TableColumn("media", "media_type", minimum: 5) { stream, _ in stream.mediaType },
    TableColumn("codec", "codec", minimum: 6) { stream, _ in stream.codec },
    TableColumn(nil, "transport") { stream, _ in stream.observed.map(MediaText.transport) },
    TableColumn(nil, "ssrc") { stream, _ in stream.observed.map { String($0.synchronizationSource) } },
    TableColumn("packets", "packets", .right, minimum: 7) { stream, _ in
      stream.observed.map { String($0.packets) } ?? "0"
    },
    TableColumn("lost", "lost", .right, minimum: 4) { stream, _ in stream.observed.map { String($0.lost) } },
    TableColumn(nil, "expected") { stream, _ in stream.observed.map { String($0.expected) } },
    TableColumn(nil, "duplicates") { stream, _ in stream.observed.map { String($0.duplicates) } },
    TableColumn(nil, "reordered") { stream, _ in stream.observed.map { String($0.reordered) } },
    TableColumn("jitter", "jitter_ms", .right, minimum: 6) { stream, context in
      context.duration(stream.observed?.meanJitter)
    },
    TableColumn(nil, "jitter_max_ms") { stream, context in context.duration(stream.observed?.greatestJitter) },
    TableColumn("gap", "largest_gap_ms", .right, minimum: 6) { stream, context in
      context.duration(stream.observed?.largestGap)
    },
    TableColumn(nil, "duration_ms") { stream, context in
      context.duration(stream.observed.map { $0.end.nanoseconds(since: $0.start) })
    },
    TableColumn("mos", "mos", .right, minimum: 4) { stream, _ in
      stream.observed?.quality.map { MediaText.score($0.meanOpinionScore) }
    },
  ]
}
