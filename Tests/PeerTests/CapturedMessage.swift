import FrameBuilding
import Foundation

/// One message of a capture with what carried it, found without the product: what encapsulations of whole messages need.
struct CapturedMessage {
  var time: (seconds: Int, microseconds: Int)
  var source: [UInt8]
  var destination: [UInt8]
  var sourcePort: Int
  var destinationPort: Int
  /// 17 UDP, 6 TCP.
  var transport: UInt8
  var bytes: [UInt8]

  var isSIP: Bool { bytes.first != 1 }

  /// The messages of a capture of IPv4 packets, in order.
  static func all(of frames: [CapturedPacket]) -> [CapturedMessage] {
    var messages: [CapturedMessage] = []
    var fragments: [Int: [(offset: Int, bytes: [UInt8])]] = [:]
    var streams: [[UInt8]: [UInt8]] = [:]
    for frame in frames {
      let packet = frame.packet
      let header = Int(packet[0] & 0xf) * 4
      let flags = Int(packet[6]) << 8 | Int(packet[7])
      var payload = Array(packet[header..<(Int(packet[2]) << 8 | Int(packet[3]))])
      if flags & 0x3fff != 0 {
        let identification = Int(packet[4]) << 8 | Int(packet[5])
        fragments[identification, default: []].append((flags & 0x1fff, payload))
        guard flags & 0x2000 == 0 else { continue }
        payload = (fragments[identification] ?? []).sorted { $0.offset < $1.offset }.flatMap(\.bytes)
      }
      let ports = (Int(payload[0]) << 8 | Int(payload[1]), Int(payload[2]) << 8 | Int(payload[3]))
      let make = { (bytes: [UInt8]) in
        CapturedMessage(
          time: frame.time, source: Array(packet[12..<16]), destination: Array(packet[16..<20]), sourcePort: ports.0,
          destinationPort: ports.1, transport: packet[9], bytes: bytes)
      }
      switch packet[9] {
      case 17:
        let message = make(Array(payload[8...]))
        if message.bytes.starts(with: Array("SIP/2.0".utf8)) || message.sipLength != nil { messages.append(message) }
      case 6:
        let flow = Array(packet[12..<20]) + payload[0..<4]
        streams[flow, default: []] += payload[(Int(payload[12] >> 4) * 4)...]
        while let bytes = streams[flow], let length = make(bytes).length, length <= bytes.count {
          messages.append(make(Array(bytes[..<length])))
          streams[flow] = Array(bytes[length...])
        }
      default: break
      }
    }
    return messages
  }

  private var length: Int? {
    if bytes.count >= 20, bytes[0] == 1 { return Int(bytes[1]) << 16 | Int(bytes[2]) << 8 | Int(bytes[3]) }
    return sipLength
  }

  /// The length of a SIP message: headers up to an empty line, then as many bytes as Content-Length says.
  private var sipLength: Int? {
    let text = String(decoding: bytes, as: Unicode.ASCII.self)
    guard let end = text.range(of: "\r\n\r\n"), text.contains("SIP/2.0\r\n") || text.hasPrefix("SIP/2.0 ") else {
      return nil
    }
    let line = text[..<end.lowerBound].components(separatedBy: "\r\n").first {
      $0.lowercased().hasPrefix("content-length:")
    }
    let body = line.flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
    return text.utf8.distance(from: text.startIndex, to: end.upperBound) + body
  }
}
