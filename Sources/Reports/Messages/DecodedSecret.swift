import ByteReading
import CaptureFacts
import DiameterMessages
import SIPMessages

/// Writes text out of a message with the secrets in it masked.
enum DecodedSecret {
  /// What stands for a secret.
  static let mask = DiameterAttributeRenderer.mask

  /// The text of `range` without those of `secrets` that were not asked for.
  static func text(
    _ message: SIPMessage, _ range: ByteRange, without secrets: [(kind: SecretKind, range: ByteRange)],
    showing shownSecrets: Set<SecretKind>
  ) -> String {
    let hidden = secrets.filter { !shownSecrets.contains($0.kind) }.map(\.range).sorted { $0.start < $1.start }
    var text = ""
    var start = range.start
    for secret in hidden where secret.start >= start && secret.end <= range.end {
      text += message.text(ByteRange(Int(start), Int(secret.start))) + mask
      start = secret.end
    }
    return text + message.text(ByteRange(Int(start), Int(max(start, range.end))))
  }
}
