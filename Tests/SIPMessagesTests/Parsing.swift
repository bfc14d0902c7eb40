import ByteReading
import SIPMessages

/// Reads a message given as text.
func parse(_ text: String) throws -> SIPMessage {
  try parse(Array(text.utf8))
}

/// Reads a message given as bytes.
func parse(_ bytes: [UInt8]) throws -> SIPMessage {
  try SIPMessage(parsing: bytes.span.bytes)
}
