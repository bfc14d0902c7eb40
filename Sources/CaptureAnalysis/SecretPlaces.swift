import CaptureFacts
import DiameterMessages
import Reports
import SIPMessages
import SubscriberTimelines

/// Where messages lie in packets, and the secrets in them: what a pass before that of writing learns, so that packets can
/// be written without them.
///
/// A stream is known by its ends and its numbers, so that a segment that was sent again is found, too; a datagram by its
/// frame.
public final class SecretPlaces: MessageObserver {
  /// How many messages are kept; packets with others are written without any of their content.
  public static let mostMessages = 1 << 20
  /// How long before and after a message what carries it may be seen: twice the time in which SIP sends again
  /// (RFC 3261 section 17.1.1.2).
  static let lifetime: Int64 = 64_000_000_000

  /// A message.
  struct Place {
    /// How many bytes it has.
    var length: Int
    /// The secrets, as offsets into it.
    var secrets: [Range<Int>]
    /// How much the secrets add to a checksum of the Internet (RFC 1071), the message beginning at an even place.
    var sum: UInt32
    /// When it was complete.
    var time: Timestamp
    /// Who sent it and to whom.
    var flow: Flow
    /// Whether something stands between it and the packet of IP around: ESP, or the format of a capture agent.
    var isWrapped: Bool
    /// The number of its first byte in the TCP stream, or the offset in the datagram or in the message of SCTP.
    var start: UInt32
  }

  /// A part of 64 KiB of a TCP stream.
  struct StreamPart: Hashable {
    var source: Endpoint
    var destination: Endpoint
    var part: UInt16
  }

  /// A message of SCTP, by its first chunk. Addresses change within an association.
  struct Chunk: Hashable {
    var sourcePort: UInt16
    var destinationPort: UInt16
    var number: UInt32
  }

  private(set) var segments: [StreamPart: [Place]] = [:]
  private(set) var chunks: [Chunk: [Place]] = [:]
  private(set) var datagrams: [UInt64: [Place]] = [:]
  /// Messages beyond the bound.
  public private(set) var leftOut: UInt64 = 0

  private let frames: Set<UInt64>
  private var count = 0
  /// What the last message was in, and where in it the next one begins: several may lie in one datagram or message of SCTP.
  private var last: (frame: FrameReference, mark: UInt32, flow: Flow, end: UInt32)?

  /// Prepares to learn of the messages in these frames.
  public init(of frames: Set<UInt64>) {
    self.frames = frames
  }

  /// Names of inputs tell nothing.
  public func begin(inputs: [String]) {}

  /// Learns of a SIP message.
  public func take(_ observed: Observed<SIPMessage>, _ sighting: MessageSighting, _ context: MessageContext) {
    // Messages in frames of WebSocket are masked on their way: these are written without content.
    guard concerns(observed), !observed.path.contains(.webSocket) else { return }
    let message = observed.message
    var secrets = message.fields.flatMap { message.secrets(in: $0) }
    for part in message.bodyParts() { secrets += message.secrets(in: part) }
    note(observed, message.bytes, secrets.map(\.range.range))
  }

  /// Learns of a Diameter message.
  public func take(_ observed: Observed<DiameterMessage>, _ sighting: MessageSighting, _ context: MessageContext) {
    guard concerns(observed) else { return }
    var secrets: [Range<Int>] = []
    collect(observed.message.attributes, upTo: observed.message.bytes.count, of: observed.message, into: &secrets)
    note(observed, observed.message.bytes, secrets)
  }

  private func concerns<Message>(_ observed: Observed<Message>) -> Bool {
    frames.contains(observed.frame.number) || observed.otherFrames.contains { frames.contains($0.number) }
  }

  /// The data of secret AVPs, in groups too, as the dictionary names them. What cannot be read as AVPs may hold anything.
  private func collect(
    _ attributes: DiameterAttributes, upTo end: Int, of message: DiameterMessage, into secrets: inout [Range<Int>]
  ) {
    for attribute in attributes {
      guard let definition = DiameterDictionary.known.attribute(attribute.code, vendor: attribute.vendor) else {
        continue
      }
      let data = attribute.data.range
      if definition.type == .grouped {
        collect(message.members(of: attribute), upTo: data.upperBound, of: message, into: &secrets)
      } else if definition.secret != nil {
        secrets.append(data)
      }
    }
    if let failure = attributes.failure, Int(failure.offset) < end { secrets.append(Int(failure.offset)..<end) }
  }

  private func note<Message>(_ observed: Observed<Message>, _ bytes: [UInt8], _ secrets: [Range<Int>]) {
    guard count < SecretPlaces.mostMessages else {
      leftOut &+= 1
      return
    }
    count += 1
    let secrets = secrets.map { $0.clamped(to: 0..<bytes.count) }
    var sum: UInt64 = 0
    // A byte counts once, in however many ranges it lies.
    var end = 0
    for secret in secrets.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      for place in max(secret.lowerBound, end)..<max(secret.upperBound, secret.lowerBound, end) {
        sum += UInt64(bytes[place]) << (place & 1 == 0 ? 8 : 0)
      }
      end = max(end, secret.upperBound)
    }
    while sum > 0xffff { sum = sum >> 16 + sum & 0xffff }
    var place = Place(
      length: bytes.count, secrets: secrets, sum: UInt32(sum), time: observed.time, flow: observed.flow,
      isWrapped: [.esp, .hep, .exportedPDU].contains { observed.path.contains($0) }, start: observed.transmissionMark)
    let flow = observed.flow
    if observed.path.contains(.tcp) {
      for step in 0...(place.start & 0xffff &+ UInt32(clamping: bytes.count)) >> 16 {
        let part = StreamPart(
          source: flow.source, destination: flow.destination,
          part: UInt16(truncatingIfNeeded: place.start >> 16 &+ step))
        segments[part, default: []].append(place)
      }
      return
    }
    if let last, last.frame == observed.frame, last.mark == observed.transmissionMark, last.flow == flow {
      place.start = last.end
    } else {
      place.start = 0
    }
    last = (observed.frame, observed.transmissionMark, flow, place.start &+ UInt32(clamping: bytes.count))
    if observed.path.contains(.sctp) {
      chunks[
        Chunk(
          sourcePort: flow.source.port, destinationPort: flow.destination.port, number: observed.transmissionMark),
        default: []
      ].append(place)
      return
    }
    for frame in [observed.frame] + observed.otherFrames { datagrams[frame.number, default: []].append(place) }
  }
}
