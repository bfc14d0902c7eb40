import CaptureFacts

/// One frame as it passes a capture point.
struct WirePacket {
  /// Nanoseconds since the start of the scenario.
  var time: Int64
  var from: IPAddress
  var to: IPAddress
  var frame: [UInt8]
  /// The messages that have bytes in this frame, by index.
  var messages: [Int] = []
  /// Whether a copy of this frame is a second observation of its messages: true for datagrams; a copy of a TCP
  /// segment or an SCTP chunk is recognised as a repetition before anything above sees it.
  var isObservedAgainInCopies = false
  /// Whether the frame repeats bytes that an earlier one carried: it adds nothing to its messages.
  var isRepetition = false
}
