/// What a look at the front of a byte stream says about the next message in it.
public enum FramingVerdict: Hashable, Sendable {
  /// The first `length` bytes are one message, all of them there.
  case message(length: Int)
  /// A message begins here and is not complete. `atLeast` is the number of bytes the stream must hold before another
  /// look can say more; `scanned` is how far the look got, so that the next one resumes there and the whole costs
  /// linear time.
  case incomplete(atLeast: Int, scanned: Int)
  /// The first `length` bytes are no message and are not missed: keep-alives between messages.
  case padding(length: Int)
  /// The first `length` bytes are not understood; what follows may be a message again.
  case garbage(length: Int)
}
