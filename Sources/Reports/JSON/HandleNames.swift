import SubscriberTimelines

/// How the handles in a record become names.
enum HandleNames {
  /// By what is known at the moment of writing.
  case directories(Directories)

  /// Later: a mark with the handle is written in place of the name, and `HandleResolution` replaces it once the whole
  /// capture was read and it is known which subscribers, and which nodes, are one.
  case deferred

  /// The two directories, as one: names are asked for many times for each record.
  final class Directories {
    let nodes: NodeDirectory
    let subscribers: SubscriberDirectory

    init(_ nodes: NodeDirectory, _ subscribers: SubscriberDirectory) {
      self.nodes = nodes
      self.subscribers = subscribers
    }
  }

  /// By what these directories know.
  static func known(nodes: NodeDirectory, subscribers: SubscriberDirectory) -> HandleNames {
    .directories(Directories(nodes, subscribers))
  }
}

/// The marks that stand for handles in rendered records. JSON text holds no control characters, so the bytes cannot be
/// part of it.
enum HandleMark {
  static let node: UInt8 = 1
  static let subscriber: UInt8 = 2
  /// The roles of a node as elements of a JSON array.
  static let roleList: UInt8 = 3
  /// The roles of a node in one word.
  static let roleWord: UInt8 = 4
  /// The greatest of the marks.
  static let last = roleWord
  /// The bytes of the handle that follow the mark.
  static let handleLength = 4

  static func append(_ mark: UInt8, _ index: UInt32, to bytes: inout [UInt8]) {
    bytes.append(mark)
    for shift in [24, 16, 8, 0] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: index >> shift)) }
  }
}
