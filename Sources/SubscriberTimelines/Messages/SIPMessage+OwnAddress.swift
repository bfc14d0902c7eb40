import ByteReading
import CaptureFacts
import SIPMessages

extension SIPMessage {
  /// Whether the host of the URI in `range` is this address.
  func names(_ address: IPAddress, in range: ByteRange) -> Bool {
    IPAddress(span, in: uri(range).host.range) == address
  }

  /// Whether the Contact is at this address.
  func hasContact(at address: IPAddress) -> Bool {
    addresses(.contact).contains { names(address, in: $0.uri) }
  }
}
