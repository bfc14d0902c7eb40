import CaptureFacts

/// Names a record in every output and every run: a function of what the record is about (its kind, Call-ID and From tag
/// or Session-Id, and start), never a counter, so that an id printed by one run finds the record in another.
public struct RecordIdentifier: Hashable, Sendable {
  /// What the record is about.
  public enum Kind: String, Sendable {
    /// One attempt to register.
    case registration = "reg"
    /// One attempt to call.
    case call
    /// A message, subscription or publication.
    case messaging = "msg"
    /// A subscriber.
    case subscriber = "sub"
  }

  /// What the record is about.
  public var kind: Kind

  /// The hash of its content.
  public var hash: UInt64

  /// Names a record.
  public init(kind: Kind, hash: UInt64) {
    self.kind = kind
    self.hash = hash
  }
}

extension RecordIdentifier: CustomStringConvertible {
  /// `call-` and 16 hexadecimal digits.
  public var description: String {
    let digits = String(hash, radix: 16)
    return kind.rawValue + "-" + String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension RecordIdentifier {
  /// The hash of what a record is about, the same in every run: FNV-1a over the texts, each closed by a zero byte.
  static func hash(of texts: [String]) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for text in texts {
      let bytes = text.utf8.span
      for place in bytes.indices { hash = (hash ^ UInt64(bytes[place])) &* 0x100_0000_01b3 }
      hash = hash &* 0x100_0000_01b3
    }
    return hash
  }

  /// The name of the record of this kind that began with this Call-ID and tag, or Session-Id, at this time.
  init(kind: Kind, key: String, tag: String, start: Timestamp) {
    self.init(kind: kind, hash: RecordIdentifier.hash(of: [kind.rawValue, key, tag, String(start.nanoseconds)]))
  }
}
