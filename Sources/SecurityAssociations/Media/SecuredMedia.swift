import ByteReading
import CaptureFacts

/// Opens SRTP whose keys stand in session descriptions. A packet costs nothing until the first of them was seen.
public struct SecuredMedia: ~Copyable {
  /// Endpoints whose keys are known: two sides of some thousand calls.
  public static let mostEndpoints = 1 << 14
  /// How long, in nanoseconds: a session is refreshed within the hour (RFC 4028).
  public static let lifetime: Int64 = 3_600_000_000_000
  /// Keys of one endpoint: those of an offer for several suites, and those of the offer after it.
  public static let keysOfEndpoint = 8
  /// Streams that are being opened.
  public static let mostStreams = 1 << 14

  private struct StreamKey: Hashable {
    var source: Endpoint
    var destination: Endpoint
    var synchronizationSource: UInt32
  }

  private struct Keys {
    var keys: [MediaKey] = []
    var generation: UInt32
  }

  private var endpoints = ExpiringTable<Endpoint, Keys>(bound: mostEndpoints, lifetime: lifetime)
  private var streams = ExpiringTable<StreamKey, SecuredStreamState>(bound: mostStreams, lifetime: lifetime)
  private var opener: MediaOpener?
  private var generation: UInt32 = 0

  /// Knows no keys.
  public init() {}

  /// Whether a key was ever seen.
  public var hasKeys: Bool { opener != nil }

  /// The bytes that the last packet was opened to.
  public var opened: [UInt8] { opener?.opened ?? [] }

  /// Learns what protects that which `endpoint` sends.
  public mutating func learn(_ keys: [MediaKey], of endpoint: Endpoint, at time: Timestamp) {
    guard !keys.isEmpty else { return }
    if opener == nil { opener = MediaOpener() }
    var known = endpoints[endpoint] ?? Keys(generation: 0)
    let fresh = keys.filter { key in !known.keys.contains { $0.isSame(key) } }
    if !fresh.isEmpty {
      generation &+= 1
      known.generation = generation
      // The latest first: they are the likely ones.
      known.keys = Array((fresh + known.keys).prefix(SecuredMedia.keysOfEndpoint))
    }
    _ = endpoints.insert(endpoint, known, at: time)
  }

  /// Opens a datagram from `source`: how many bytes of `opened` it has then; nil where no key opens it, or none is known.
  /// Its sender's keys are those of the descriptions that name the endpoint it sends from: symmetric, as RFC 4961 asks.
  public mutating func open(
    _ bytes: RawSpan, from source: Endpoint, to destination: Endpoint, at time: Timestamp
  ) -> Int? {
    guard let opener, let packet = SecuredPacket(bytes) else { return nil }
    // RTCP without multiplexing has the port above (RFC 3550 section 11).
    let isOdd = packet.isControl && source.port & 1 == 1
    let beside = Endpoint(address: source.address, port: source.port &- 1)
    guard let keys = endpoints[source] ?? (isOdd ? endpoints[beside] : nil) else { return nil }
    let name = StreamKey(source: source, destination: destination, synchronizationSource: packet.source)
    var state: SecuredStreamState
    if let known = streams[name] {
      state = known
    } else {
      state = SecuredStreamState()
      _ = streams.insert(name, state, at: time)
    }
    if state.generation != keys.generation {
      state.generation = keys.generation
      state.failures = 0
    }
    let count =
      packet.isControl
      ? SecuredMedia.open(control: bytes, packet, keys.keys, &state, opener)
      : SecuredMedia.open(bytes, packet, keys.keys, &state, opener)
    if count == nil, state.failures < SecuredStreamState.mostFailures { state.failures += 1 }
    streams.update(name) { $0 = state }
    return count
  }

  private static func open(
    _ bytes: RawSpan, _ packet: SecuredPacket, _ keys: [MediaKey], _ state: inout SecuredStreamState,
    _ opener: MediaOpener
  ) -> Int? {
    let number = packet.sequenceNumber
    if let (master, session) = state.key {
      for rollover in state.rollovers(of: number) {
        if let count = opener.open(bytes, packet, rollover: rollover, master, session) {
          state.note(number, rollover, master, session)
          return count
        }
      }
    }
    guard state.failures < SecuredStreamState.mostFailures else { return nil }
    // The first packet, or the first under another key.
    var fresh = state
    fresh.forgetKey()
    for master in keys where !(state.key?.master.isSame(master) ?? false) {
      guard let session = opener.sessionKeys(master, isControl: false) else { continue }
      for rollover in fresh.rollovers(of: number) {
        if let count = opener.open(bytes, packet, rollover: rollover, master, session) {
          fresh.note(number, rollover, master, session)
          state = fresh
          return count
        }
      }
    }
    return nil
  }

  private static func open(
    control bytes: RawSpan, _ packet: SecuredPacket, _ keys: [MediaKey], _ state: inout SecuredStreamState,
    _ opener: MediaOpener
  ) -> Int? {
    if let (master, session) = state.controlKey,
      let count = opener.open(control: bytes, packet, master, session)
    {
      return count
    }
    guard state.failures < SecuredStreamState.mostFailures else { return nil }
    for master in keys {
      guard let session = opener.sessionKeys(master, isControl: true),
        let count = opener.open(control: bytes, packet, master, session)
      else { continue }
      state.controlKey = (master, session)
      state.failures = 0
      return count
    }
    return nil
  }
}
