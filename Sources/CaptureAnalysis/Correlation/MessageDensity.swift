/// Whether messages come so close behind each other that to correlate them is worth a thread of its own.
///
/// Beside media they are a small part of the work, which costs more on another processor: its caches have nothing of them.
/// A small capture is done before a thread would be of use.
struct MessageDensity {
  /// Messages are close where one comes in so many frames.
  static let framesPerMessage: UInt64 = 16

  /// How many full batches in a row have to be close.
  private let batchesInARow: Int
  private var closeBatches = 0
  private var framesBefore: UInt64 = 0

  /// With 0 batches a thread is always worth it.
  init(batchesInARow: Int = 16) { self.batchesInARow = batchesInARow }

  /// Takes a full batch of messages that ends with the capture's frame number `frames`.
  mutating func take(batchOf messages: Int, upTo frames: UInt64) {
    let isClose = frames &- framesBefore <= UInt64(messages) &* MessageDensity.framesPerMessage
    closeBatches = isClose ? closeBatches + 1 : 0
    framesBefore = frames
  }

  /// Whether a thread is worth it by now.
  var isHigh: Bool { closeBatches >= batchesInARow }
}
