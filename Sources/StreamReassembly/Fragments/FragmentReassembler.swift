import ByteReading
import CaptureFacts
import PacketLayers

/// Puts IP datagrams together from their fragments (RFC 791 section 3.2, RFC 8200 section 4.5), in whatever order they
/// arrive. Where fragments overlap, the bytes that came first stand.
public struct FragmentReassembler: Sendable {
  /// How many datagrams may be open at once. A host of IMS has few: the fragments of one follow each other closely.
  public static let openDatagramLimit = 1024

  /// How many bytes may be kept in all, those of the lists of fragments included: 256 datagrams of the greatest length.
  public static let bufferedByteLimit = 16 << 20

  /// How many fragments one datagram may have, copies from other taps among them: enough for the greatest length in
  /// pieces of 64 bytes, seen twice.
  public static let fragmentLimit = 2048

  /// How long a datagram waits for the rest of its fragments, in nanoseconds: RFC 8200 section 4.5; for IPv4, RFC 1122
  /// section 3.3.2 asks for 60 to 120 seconds.
  public static let timeout: Int64 = 60_000_000_000

  /// The greatest payload: what a length of 16 bits allows (RFC 791 section 3.1, RFC 8200 section 4.5).
  private static let longestPayload = 65535

  private let key = HashKey()
  /// Where the datagram lies whose fragments share what hashes to this.
  private var slots: [KeyedHash: Int] = [:]
  private var datagrams: [PartialDatagram] = []
  private var freeSlots: [Int] = []
  private var oldest = -1
  private var newest = -1
  private var bufferedBytes = 0
  private var completions = RecentCompletions()

  /// Makes an empty reassembler.
  public init() {}

  /// How many datagrams wait for fragments.
  public var openDatagrams: Int { slots.count }

  /// Adds a fragment.
  ///
  /// - Parameters:
  ///   - packet: what was decoded: addresses, and how long the fragment was before the frame was cut.
  ///   - header: the fragment header, from the content of `packet`.
  ///   - payload: the payload of `packet`, copied where it must wait.
  ///   - time: when the frame was captured; drives the time-out.
  ///   - frame: the frame.
  ///   - anomalies: counts what contradicts itself, and datagrams given up.
  /// - Returns: the datagram, where this fragment completed it.
  public mutating func add(
    _ packet: DecodedPacket, header: IPFragmentHeader, payload: RawSpan, time: Timestamp, frame: FrameReference,
    anomalies: inout AnomalyLedger
  ) -> ReassembledDatagram? {
    expire(before: time, anomalies: &anomalies)
    let layer: LayerKind = packet.source.address.isV4 ? .ipv4 : .ipv6
    let promisedLength = max(packet.promisedPayloadLength, payload.byteCount)
    // RFC 8200 section 4.5: what is followed by more is a multiple of eight bytes, and the whole fits 16 bits.
    let isWhole = !header.moreFollow || promisedLength > 0 && promisedLength % 8 == 0
    guard isWhole, header.offset >= 0, promisedLength <= FragmentReassembler.longestPayload,
      header.offset <= FragmentReassembler.longestPayload - promisedLength
    else {
      anomalies.record(.headerMalformed, at: layer, frame: frame, offset: layer == .ipv4 ? 6 : 2)
      return nil
    }
    let hash = key.hash(from: packet.source.address, to: packet.destination.address, header)
    let slot = slots[hash] ?? open(hash, layer, header: header, time: time, anomalies: &anomalies)
    guard datagrams[slot].frames.count < FragmentReassembler.fragmentLimit else {
      close(slot, as: .fragmentsEvicted, &anomalies)
      return nil
    }
    let before = datagrams[slot].cost
    datagrams[slot].frames.append(frame)
    if header.offset == 0 { datagrams[slot].ipProtocol = header.ipProtocol }
    let agrees =
      datagrams[slot].acceptEnd(header.offset + promisedLength, isLast: !header.moreFollow)
      && datagrams[slot].insert(payload, at: header.offset)
    if !agrees { anomalies.record(.fragmentsOverlapping, at: layer, frame: frame) }
    bufferedBytes += datagrams[slot].cost - before
    if datagrams[slot].isComplete { return complete(slot, time: time) }
    while bufferedBytes > FragmentReassembler.bufferedByteLimit { close(oldest, as: .fragmentsEvicted, &anomalies) }
    return nil
  }

  /// Gives up the datagrams that have waited too long at `time`. `add` does so by itself; a live capture calls this
  /// where no fragments come.
  public mutating func expire(before time: Timestamp, anomalies: inout AnomalyLedger) {
    while oldest >= 0, time.nanoseconds(since: datagrams[oldest].begun) > FragmentReassembler.timeout {
      close(oldest, as: .fragmentsIncomplete, &anomalies)
    }
  }

  /// When the next datagram will have waited too long, unless more frames come.
  public var nextDue: Timestamp {
    guard oldest >= 0 else { return Timestamp(nanoseconds: .max) }
    return datagrams[oldest].begun.advanced(byNanoseconds: FragmentReassembler.timeout &+ 1)
  }

  /// Gives up all datagrams that are open: the input has ended.
  public mutating func finish(anomalies: inout AnomalyLedger) {
    while oldest >= 0 { close(oldest, as: .fragmentsIncomplete, &anomalies) }
  }

  private mutating func open(
    _ hash: KeyedHash, _ layer: LayerKind, header: IPFragmentHeader, time: Timestamp, anomalies: inout AnomalyLedger
  ) -> Int {
    if slots.count >= FragmentReassembler.openDatagramLimit { close(oldest, as: .fragmentsEvicted, &anomalies) }
    var datagram = PartialDatagram(
      hash: hash, layer: layer, begun: time, isCopy: completions.contains(hash, at: time),
      ipProtocol: header.ipProtocol)
    datagram.older = newest
    let slot: Int
    if let free = freeSlots.popLast() {
      slot = free
      datagrams[slot] = datagram
    } else {
      slot = datagrams.count
      datagrams.append(datagram)
    }
    if newest >= 0 { datagrams[newest].newer = slot } else { oldest = slot }
    newest = slot
    slots[hash] = slot
    return slot
  }

  private mutating func complete(_ slot: Int, time: Timestamp) -> ReassembledDatagram {
    let datagram = remove(slot)
    completions.insert(datagram.hash, at: time)
    return ReassembledDatagram(bytes: datagram.bytes, ipProtocol: datagram.ipProtocol, frames: datagram.frames)
  }

  /// Gives up a datagram: counted with its first frame and the bytes that had arrived.
  private mutating func close(_ slot: Int, as kind: AnomalyKind, _ anomalies: inout AnomalyLedger) {
    let datagram = remove(slot)
    guard !datagram.isCopy, let frame = datagram.frames.first else { return }
    anomalies.record(
      kind, at: datagram.layer, frame: frame, detail: UInt32(truncatingIfNeeded: datagram.arrivedBytes))
  }

  /// Takes a datagram out of the table, and its memory out of the slot.
  private mutating func remove(_ slot: Int) -> PartialDatagram {
    let datagram = datagrams[slot]
    datagrams[slot] = PartialDatagram(
      hash: datagram.hash, layer: datagram.layer, begun: datagram.begun, isCopy: false,
      ipProtocol: datagram.ipProtocol)
    if datagram.older >= 0 { datagrams[datagram.older].newer = datagram.newer } else { oldest = datagram.newer }
    if datagram.newer >= 0 { datagrams[datagram.newer].older = datagram.older } else { newest = datagram.older }
    bufferedBytes -= datagram.cost
    slots[datagram.hash] = nil
    freeSlots.append(slot)
    return datagram
  }
}
