/// Names a message that a stream delivered, in the order of delivery: what is learned later about the frames that carried
/// it finds it by this, wherever it is by then.
struct MessageNumber: Hashable, Sendable {
  let value: UInt64
}
