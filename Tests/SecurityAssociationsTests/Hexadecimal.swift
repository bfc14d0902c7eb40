import ByteReading
import CaptureFacts

@testable import SecurityAssociations

/// Bytes as standards print them.
func bytes(_ hexadecimal: String) -> [UInt8] {
  let digits = hexadecimal.filter { !$0.isWhitespace }
  return stride(from: 0, to: digits.count, by: 2).map { place in
    let start = digits.index(digits.startIndex, offsetBy: place)
    return UInt8(digits[start..<digits.index(start, offsetBy: 2)], radix: 16) ?? 0
  }
}

/// What the secret is, for comparing with what it has to be.
func text(_ secret: SecretBytes?) -> String? {
  secret?.withBytes { $0.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}

/// Keys of authentication, CK before IK.
func authenticationKeys(_ cipherKey: String, _ integrityKey: String) -> AuthenticationKeys? {
  let both = bytes(cipherKey + integrityKey)
  return AuthenticationKeys(both.rawSpan, cipherKey: 0..<16, integrityKey: 16..<32)
}

/// A row as a file would have it.
func row(
  _ encryption: String, _ encryptionKey: String, _ integrity: String, _ integrityKey: String, spi: String = "*",
  source: String = "*", destination: String = "*", ip: String = "Any"
) throws -> SecurityAssociationRow {
  let fields = [ip, source, destination, spi, encryption, encryptionKey, integrity, integrityKey]
  let line = Array(fields.map { "\"\($0)\"" }.joined(separator: ",").utf8)
  let rows = try SecurityAssociationRow.rows(in: line.rawSpan)
  return rows[0]
}

/// What an opener makes of a payload: the protocol and the bytes inside, or why there are none.
func open(
  _ payload: [UInt8], _ opener: inout SecurityPayloadOpener, from source: IPAddress = IPAddress(v4: 0x0a00_0001),
  to destination: IPAddress = IPAddress(v4: 0x0a00_0002), at time: Int64 = 0
) -> OpenedPayload {
  switch opener.open(payload.rawSpan, from: source, to: destination, at: Timestamp(nanoseconds: time)) {
  case .inPlace(let range, let ipProtocol): return .opened(ipProtocol, Array(payload[range]))
  case .decrypted(let range, let ipProtocol):
    let buffer = opener.takeBuffer()
    let inside = Array(buffer[range])
    opener.giveBack(buffer)
    return .opened(ipProtocol, inside)
  case .failed(let reason): return .failed(reason)
  }
}

/// What became of a payload.
enum OpenedPayload: Equatable {
  case opened(UInt8, [UInt8])
  case failed(NotOpenedReason)
}
