import CaptureFacts
import SubscriberTimelines

/// Members of the kinds that records are made of. A value that is absent leaves its member out.
extension JSONWriter {
  mutating func member(_ key: StaticString, _ text: String?) {
    guard let text else { return }
    self.key(key)
    value(text)
  }

  mutating func member(_ key: StaticString, _ number: (some BinaryInteger)?) {
    guard let number else { return }
    self.key(key)
    value(number)
  }

  mutating func member(_ key: StaticString, _ flag: Bool) {
    self.key(key)
    value(flag)
  }

  /// A ratio or percentage, to six decimal places.
  mutating func member(_ key: StaticString, ratio: Double?) {
    guard let ratio, let millionths = Int64(exactly: (ratio * 1_000_000).rounded()) else { return }
    self.key(key)
    value(decimal: millionths, digits: 6)
  }

  mutating func member(_ key: StaticString, _ time: Timestamp?) {
    guard let time else { return }
    self.key(key)
    plainString { $0.appendTime(time) }
  }

  /// A duration given in nanoseconds, written in milliseconds.
  mutating func member(_ key: StaticString, milliseconds nanoseconds: Int64?) {
    guard let nanoseconds else { return }
    self.key(key)
    value(decimal: nanoseconds, digits: 6)
  }

  mutating func member(_ key: StaticString, _ frame: FrameReference?) {
    member(key, frame?.number)
  }

  mutating func member(_ key: StaticString, _ frames: [FrameReference]) {
    self.key(key)
    beginArray()
    for frame in frames { value(frame.number) }
    endArray()
  }

  mutating func member(_ key: StaticString, _ id: RecordIdentifier) {
    self.key(key)
    plainString { $0.appendIdentifier(id) }
  }

  mutating func member(_ key: StaticString, _ ids: [RecordIdentifier]) {
    self.key(key)
    beginArray()
    for id in ids { plainString { $0.appendIdentifier(id) } }
    endArray()
  }

  mutating func member(_ key: StaticString, _ texts: [String]) {
    self.key(key)
    beginArray()
    for text in texts { value(text) }
    endArray()
  }

  /// Texts that are only worth a member where there are any.
  mutating func memberIfAny(_ key: StaticString, _ texts: [String]) {
    if !texts.isEmpty { member(key, texts) }
  }

  mutating func member(_ key: StaticString, _ node: NodeHandle, _ names: HandleNames) {
    self.key(key)
    switch names {
    case .deferred: plainString { HandleMark.append(HandleMark.node, node.index, to: &$0) }
    case .directories(let known): value(known.nodes.id(of: node))
    }
  }

  /// The roles of a node.
  mutating func member(_ key: StaticString, rolesOf node: NodeHandle, _ names: HandleNames) {
    switch names {
    case .deferred:
      self.key(key)
      plainArray { HandleMark.append(HandleMark.roleList, node.index, to: &$0) }
    case .directories(let known): member(key, known.nodes.roles(of: node).map(\.name))
    }
  }

  mutating func member(_ key: StaticString, _ subscriber: SubscriberHandle?, _ names: HandleNames) {
    guard let subscriber else { return }
    self.key(key)
    plainString { bytes in
      switch names {
      case .deferred: HandleMark.append(HandleMark.subscriber, subscriber.index, to: &bytes)
      case .directories(let known): bytes.appendIdentifier(known.subscribers.id(of: subscriber))
      }
    }
  }

  /// An array with one element for each of `elements`.
  mutating func member<Element>(
    _ key: StaticString, each elements: [Element], _ write: (inout JSONWriter, Element) -> Void
  ) {
    self.key(key)
    beginArray()
    for element in elements { write(&self, element) }
    endArray()
  }

  /// An object made by `write`.
  mutating func member(_ key: StaticString, object write: (inout JSONWriter) -> Void) {
    self.key(key)
    beginObject()
    write(&self)
    endObject()
  }
}

extension Array where Element == UInt8 {
  /// Appends an id as its description has it.
  mutating func appendIdentifier(_ id: RecordIdentifier) {
    append(contentsOf: id.kind.rawValue.utf8)
    append(UInt8(ascii: "-"))
    for shift in stride(from: 60 as UInt64, through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: id.hash >> shift & 0xf)
      append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
    }
  }
}
