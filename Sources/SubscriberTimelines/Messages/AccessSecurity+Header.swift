import ByteReading
import SIPMessages

extension AccessSecurity {
  /// Takes an entry of Security-Server, with what the UE had offered.
  init(_ entry: SIPSecurityAgreement, in message: SIPMessage, offered: End?) {
    func text(_ range: ByteRange) -> String? { range.isEmpty ? nil : message.text(range) }
    self.init(
      mechanism: message.text(entry.mechanism), integrity: text(entry.integrityAlgorithm),
      encryption: text(entry.encryptionAlgorithm), mode: text(entry.mode), userEquipment: offered, proxy: End(entry))
  }
}

extension AccessSecurity.End {
  /// Takes what an entry of Security-Client or Security-Server announces.
  init(_ entry: SIPSecurityAgreement) {
    self.init(
      spiClient: entry.spiClient, portClient: entry.portClient, spiServer: entry.spiServer,
      portServer: entry.portServer)
  }
}
