/// What became of an encapsulating security payload.
public enum PayloadOpening {
  /// Its content lies, not encrypted, in this range of the payload.
  case inPlace(Range<Int>, ipProtocol: UInt8)
  /// Its content lies in this range of the buffer.
  case decrypted(Range<Int>, ipProtocol: UInt8)
  /// It could not be opened.
  case failed(NotOpenedReason)
}
