import ByteReading
import CaptureFacts

/// A datagram of which some fragments have arrived.
struct PartialDatagram {
  /// The hash of what its fragments share.
  let hash: KeyedHash

  /// IPv4 or IPv6.
  let layer: LayerKind

  /// When its first fragment was captured.
  let begun: Timestamp

  /// Whether the same datagram was completed moments ago: then these are its fragments seen at another tap, and that
  /// not all of them come is no loss.
  let isCopy: Bool

  /// The frames of its fragments in order of arrival.
  var frames: [FrameReference] = []

  /// The protocol of the whole: that of the fragment at offset 0 (RFC 8200 section 4.5), until it comes that of any.
  var ipProtocol: UInt8

  /// The bytes up to the last that has arrived; those of gaps are 0.
  private(set) var bytes: [UInt8] = []

  /// Its neighbours in order of arrival, by slot; -1 for none.
  var older = -1
  var newer = -1

  /// What has arrived: in order, neither touching nor overlapping.
  private var covered: [Range<Int>] = []

  /// The length of the whole, known from the fragment that no other follows.
  private var total: Int?

  init(hash: KeyedHash, layer: LayerKind, begun: Timestamp, isCopy: Bool, ipProtocol: UInt8) {
    self.hash = hash
    self.layer = layer
    self.begun = begun
    self.isCopy = isCopy
    self.ipProtocol = ipProtocol
  }

  /// Whether every byte has arrived.
  var isComplete: Bool {
    guard let total, let first = covered.first else { return false }
    return covered.count == 1 && first == 0..<total
  }

  /// How much memory it takes, in bytes: the payload, and for each fragment its frame and at most one range.
  var cost: Int {
    bytes.count + frames.count * (MemoryLayout<FrameReference>.stride + MemoryLayout<Range<Int>>.stride)
  }

  /// How many bytes have arrived.
  var arrivedBytes: Int {
    covered.reduce(0) { $0 + $1.count }
  }

  /// Takes the length of the whole from its last fragment, or holds any other fragment against it.
  ///
  /// - Parameter end: where the fragment ends as its headers say, captured or not.
  /// - Returns: false where the fragment contradicts what arrived before it: the first word stands.
  mutating func acceptEnd(_ end: Int, isLast: Bool) -> Bool {
    if let total { return isLast ? end == total : end <= total }
    guard isLast else { return true }
    guard end >= bytes.count else { return false }
    total = end
    return true
  }

  /// Adds bytes at their place. Those that have arrived before stay as they are.
  ///
  /// - Returns: false where bytes that had arrived before differ.
  mutating func insert(_ payload: RawSpan, at offset: Int) -> Bool {
    let new = offset..<offset + payload.byteCount
    guard !new.isEmpty else { return true }
    if new.lowerBound == bytes.count, covered.isEmpty || covered.count == 1 && covered[0] == 0..<bytes.count {
      // In order, as nearly all come.
      if bytes.isEmpty { bytes.reserveCapacity(3 * payload.byteCount) }
      bytes.append(payload, in: 0..<payload.byteCount)
      if covered.isEmpty { covered.append(new) } else { covered[0] = 0..<bytes.count }
      return true
    }
    if bytes.count < new.upperBound {
      bytes.append(contentsOf: repeatElement(0, count: new.upperBound - bytes.count))
    }
    var agrees = true
    var merged = new
    var position = new.lowerBound
    let first = covered.firstIndex { $0.upperBound >= new.lowerBound } ?? covered.count
    var index = first
    while index < covered.count, covered[index].lowerBound <= new.upperBound {
      let known = covered[index]
      for place in known.clamped(to: new) where bytes[place] != payload.byte(at: place - offset) { agrees = false }
      store(payload, at: offset, in: position..<max(position, min(known.lowerBound, new.upperBound)))
      position = max(position, known.upperBound)
      merged = min(merged.lowerBound, known.lowerBound)..<max(merged.upperBound, known.upperBound)
      index += 1
    }
    store(payload, at: offset, in: position..<max(position, new.upperBound))
    covered.replaceSubrange(first..<index, with: CollectionOfOne(merged))
    return agrees
  }

  private mutating func store(_ payload: RawSpan, at offset: Int, in places: Range<Int>) {
    guard !places.isEmpty else { return }
    bytes.overwrite(at: places.lowerBound, with: payload, in: places.lowerBound - offset..<places.upperBound - offset)
  }
}
