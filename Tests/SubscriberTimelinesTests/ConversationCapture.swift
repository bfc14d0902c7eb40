import FrameBuilding
import SharedCaptures

/// The messages of a conversation as a capture of raw IP, which is kept when the conversation is over.
final class ConversationCapture {
  /// A classic file in nanoseconds (draft-ietf-opsawg-pcap section 4).
  private var bytes = FrameBytes.hex("4d3cb2a1 0200 0400 00000000 00000000 00000400 65000000")
  /// How many bytes were sent from one end to another.
  private var sent: [[UInt8]: Int] = [:]

  /// Adds a SIP message, as a datagram.
  func add(sip message: [UInt8], from source: UInt32, to destination: UInt32, at clock: Int64) {
    add(17, FrameBytes.udp(message, from: 5060, to: 5060), from: source, to: destination, at: clock)
  }

  /// Adds a Diameter message, as a segment (RFC 9293 section 3.1).
  func add(diameter message: [UInt8], from source: UInt32, to destination: UInt32, at clock: Int64) {
    let path = address(source) + address(destination)
    let back = address(destination) + address(source)
    var segment = FrameBytes.big16(Conversation.diameterPort(of: source))
    segment += FrameBytes.big16(Conversation.diameterPort(of: destination))
    segment += FrameBytes.big32(1 + sent[path, default: 0]) + FrameBytes.big32(1 + sent[back, default: 0])
    segment += FrameBytes.hex("5018 ffff 0000 0000") + message
    sent[path, default: 0] += message.count
    add(6, segment, from: source, to: destination, at: clock)
  }

  private func add(
    _ ipProtocol: UInt8, _ payload: [UInt8], from source: UInt32, to destination: UInt32, at clock: Int64
  ) {
    let packet = FrameBytes.ipv4(ipProtocol, payload, from: address(source), to: address(destination))
    let (seconds, nanoseconds) = clock.quotientAndRemainder(dividingBy: 1_000_000_000)
    for number in [Int(seconds), Int(nanoseconds), packet.count, packet.count] {
      bytes += FrameBytes.little32(number)
    }
    bytes += packet
  }

  private func address(_ number: UInt32) -> [UInt8] {
    FrameBytes.big32(Int(Conversation.address(of: number)))
  }

  deinit {
    KeptInputs.keep(bytes)
  }
}
