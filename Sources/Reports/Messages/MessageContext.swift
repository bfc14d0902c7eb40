import CaptureFacts
import SubscriberTimelines

/// What is known beside a message when it is shown: the handles in it are resolved by these.
public struct MessageContext {
  /// The nodes seen so far.
  public var nodes: NodeDirectory
  /// The subscribers seen so far.
  public var subscribers: SubscriberDirectory
  /// The capture points seen so far.
  public var points: CapturePointDirectory

  /// Bundles the directories of a run.
  public init(nodes: NodeDirectory, subscribers: SubscriberDirectory, points: CapturePointDirectory) {
    self.nodes = nodes
    self.subscribers = subscribers
    self.points = points
  }
}
