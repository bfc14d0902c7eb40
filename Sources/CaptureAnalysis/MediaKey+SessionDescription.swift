import ByteReading
import CaptureFacts
import SIPMessages
import SecurityAssociations

extension MediaKey {
  /// The keys that a session description gives, with where their owner receives, and with that sends from, what they
  /// protect.
  static func keys(of session: SessionDescription, in bytes: RawSpan) -> [(keys: [MediaKey], endpoints: [Endpoint])] {
    session.media.compactMap { medium in
      guard !medium.cryptos.isEmpty else { return nil }
      let keys = medium.cryptos.flatMap { MediaKey.keys(bytes, in: $0.clamped(to: 0..<bytes.byteCount)) }
      return keys.isEmpty ? nil : (keys, medium.endpoints(in: bytes))
    }
  }
}
