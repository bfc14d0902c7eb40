import ByteReading
import CaptureFacts

/// One security association as the user gave it: a row of a file in the form of Wireshark's `esp_sa`.
public struct SecurityAssociationRow {
  /// Which IP it is for: nil for both.
  let isV4: Bool?
  let source: AssociationPattern
  let destination: AssociationPattern
  /// The digits of the SPI, eight of them.
  let spi: AssociationPattern
  let encryption: EncryptionAlgorithm
  let integrity: IntegrityAlgorithm
  /// How long the integrity check value of AES-GCM is; for all others the algorithm says.
  let checkValueLength: Int
  let keys: ProtectionKeys

  /// Whether the row is about packets of this association.
  func matches(spi number: UInt32, from sender: IPAddress, to receiver: IPAddress) -> Bool {
    if let isV4, isV4 != sender.isV4 { return false }
    return spi.matches(AssociationPattern.digits(of: number)) && source.matches(sender) && destination.matches(receiver)
  }
}
