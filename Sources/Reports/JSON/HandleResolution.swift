import SubscriberTimelines

/// Replaces the marks of `HandleMark` by names in a stream of blocks that may be cut anywhere.
struct HandleResolution {
  private let nodes: NodeDirectory
  private let subscribers: SubscriberDirectory
  private var mark: UInt8?
  private var handle: UInt32 = 0
  private var handleBytes = 0

  init(nodes: NodeDirectory, subscribers: SubscriberDirectory) {
    self.nodes = nodes
    self.subscribers = subscribers
  }

  /// Writes `block` to `writer` with its marks replaced.
  mutating func resolve(_ block: [UInt8], into bytes: inout [UInt8]) {
    var start = 0
    var index = 0
    while index < block.count {
      if let mark {
        handle = handle << 8 | UInt32(block[index])
        handleBytes += 1
        index += 1
        guard handleBytes == HandleMark.handleLength else { continue }
        appendName(of: mark, to: &bytes)
        self.mark = nil
        start = index
      } else if block[index] <= HandleMark.last {
        bytes.append(contentsOf: block[start..<index])
        mark = block[index]
        handle = 0
        handleBytes = 0
        index += 1
        start = index
      } else {
        index += 1
      }
    }
    if mark == nil { bytes.append(contentsOf: block[start...]) }
  }

  private func appendName(of mark: UInt8, to bytes: inout [UInt8]) {
    switch mark {
    case HandleMark.node: bytes.append(contentsOf: nodes.id(of: NodeHandle(index: handle)).utf8)
    case HandleMark.roleList: bytes.append(contentsOf: nodes.roleList(of: NodeHandle(index: handle)).utf8)
    case HandleMark.roleWord: bytes.append(contentsOf: nodes.roleWord(of: NodeHandle(index: handle)).utf8)
    default: bytes.appendIdentifier(subscribers.id(of: SubscriberHandle(index: handle)))
    }
  }
}

extension NodeDirectory {
  /// The roles of a node as elements of a JSON array; no role needs escaping.
  func roleList(of handle: NodeHandle) -> String {
    roles(of: handle).map { "\"" + $0.name + "\"" }.joined(separator: ",")
  }

  /// The roles of a node in one word: `P-CSCF/I-CSCF`.
  func roleWord(of handle: NodeHandle) -> String {
    roles(of: handle).map(\.name).joined(separator: "/")
  }
}
