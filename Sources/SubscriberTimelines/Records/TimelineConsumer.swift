/// Takes records as they are emitted.
public protocol TimelineConsumer {
  /// Takes one record. `nodes` and `subscribers` resolve its handles as far as they are known now.
  mutating func receive(_ record: TimelineRecord, nodes: NodeDirectory, subscribers: SubscriberDirectory)
}
