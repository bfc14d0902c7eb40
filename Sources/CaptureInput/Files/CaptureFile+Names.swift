import ByteReading
import CaptureFacts

// pcapng blocks that tell something beside frames.

extension CaptureFile {
  /// How many names of addresses are kept of one file: those of the hosts of a core, and of many UEs.
  static let mostNames = 4096

  /// How many bytes of secrets are kept of one file: some thousand TLS sessions.
  static let mostSecretBytes = 1 << 20

  /// Name Resolution Block, section 4.5: records of an address and its names, each ended by a zero byte.
  mutating func readNames(_ length: Int) {
    var offset = 8
    while length - 4 - offset >= 4 {
      let type = number16(at: offset)
      let count = Int(number16(at: offset + 2))
      let value = offset + 4..<offset + 4 + count
      guard type != 0, value.upperBound <= length - 4 else { return }
      offset = value.lowerBound + (count + 3) & ~3
      guard names.count < CaptureFile.mostNames, let name = resolvedName(type, in: value) else { continue }
      names.append(name)
    }
  }

  /// The address of a record (type 1 IPv4, 2 IPv6) and the first of its names; nil for what is no name of an address.
  private func resolvedName(_ type: UInt16, in value: Range<Int>) -> ResolvedName? {
    let bytes = buffer.bytes
    let start = value.lowerBound + (type == 1 ? 4 : 16)
    guard type == 1 || type == 2, start < value.upperBound else { return nil }
    let address =
      type == 1
      ? IPAddress(v4: bytes.bigEndianUInt32(at: value.lowerBound))
      : IPAddress(
        high: bytes.bigEndianUInt64(at: value.lowerBound), low: bytes.bigEndianUInt64(at: value.lowerBound + 8))
    var end = start
    while end < value.upperBound, bytes.byte(at: end) != 0 { end += 1 }
    return end > start ? ResolvedName(address: address, name: bytes.text(in: start..<end)) : nil
  }

  /// Decryption Secrets Block, section 4.7.
  mutating func readSecrets(_ length: Int) {
    guard length >= 20 else { return }
    secretsBlocks += 1
    let count = Int(number32(at: 12))
    let kept = secrets.reduce(0) { $0 + $1.bytes.count }
    guard count <= length - 20, kept + count <= CaptureFile.mostSecretBytes else { return }
    let bytes = buffer.bytes.copied(16..<16 + count)
    secrets.append(DecryptionSecrets(type: number32(at: 8), bytes: bytes))
  }
}
