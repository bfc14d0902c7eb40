/// The payload of a packet of which everything is to be zeroed but what is revealed.
struct RedactedBytes {
  /// A byte that was changed.
  struct Edit {
    var place: Int
    var before: UInt8
  }

  private let payload: Range<Int>
  /// For each byte whether it is revealed, and whether it is secret all the same.
  private var isRevealed: [Bool]
  private var isSecret: [Bool]

  init(_ bytes: [UInt8], payload: Range<Int>) {
    self.payload = payload.clamped(to: 0..<bytes.count)
    isRevealed = Array(repeating: false, count: self.payload.count)
    isSecret = isRevealed
  }

  /// Reveals bytes.
  mutating func reveal(_ range: Range<Int>) {
    for place in range.clamped(to: payload) { isRevealed[place - payload.lowerBound] = true }
  }

  /// Reveals a message that begins at `start`, before the payload perhaps, but for its secrets; within `part` of the payload.
  mutating func reveal(_ place: SecretPlaces.Place, at start: Int, within part: Range<Int>? = nil) {
    let part = (part ?? payload).clamped(to: payload)
    for offset in (start..<start + place.length).clamped(to: part) { isRevealed[offset - payload.lowerBound] = true }
    for secret in place.secrets {
      for offset in (start + secret.lowerBound..<start + secret.upperBound).clamped(to: part) {
        isSecret[offset - payload.lowerBound] = true
      }
    }
  }

  /// Zeroes the rest; what was changed.
  func zero(_ bytes: inout [UInt8]) -> [Edit] {
    var edits: [Edit] = []
    for place in payload where !isRevealed[place - payload.lowerBound] || isSecret[place - payload.lowerBound] {
      guard bytes[place] != 0 else { continue }
      edits.append(Edit(place: place, before: bytes[place]))
      bytes[place] = 0
    }
    return edits
  }
}
