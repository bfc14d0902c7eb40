import CaptureFacts
import CorrelationStreams
import SubscriberTimelines

/// A stream that is joined with others, and what is known of it so far.
struct CorrelationSource {
  let reader: CorrelationStreamReader
  /// The next line, read ahead.
  var next: CorrelationLine?
  /// The latest time that its lines named so far, the next among them.
  var time = Timestamp(nanoseconds: .min)
  /// Whether its frames were all read.
  var isBehindFrames = false
  /// The tickets of its last messages, by ordinal.
  var tickets: [MessageTicket?] = []
  /// The points of the run by their place in the stream.
  var points: [CapturePointHandle] = []
  /// The stations of the run by their place in the stream.
  var stations: [UInt32: UInt32] = [:]
  var trailer: CorrelationTrailer?
  /// What a stream that was cut tells of its frames.
  var lastFrame: UInt64 = 0
  var firstTime: Timestamp?
  var lastTime: Timestamp?
  var sipMessages: UInt64 = 0
  var diameterMessages: UInt64 = 0

  /// What is known of the inputs of a stream without a trailer: which of them a frame that carries nothing is of is not,
  /// and all are counted with the first.
  var filesOfCutStream: [CaptureSummary.File] {
    reader.files.enumerated().map { place, name in
      CaptureSummary.File(
        name: name, format: "stream", frameCount: place == 0 ? lastFrame : 0,
        firstTime: place == 0 ? firstTime : nil, lastTime: place == 0 ? lastTime : nil)
    }
  }
}
