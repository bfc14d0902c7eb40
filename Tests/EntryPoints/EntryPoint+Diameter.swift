import ByteReading
import CaptureFacts
import DiameterMessages

extension EntryPoint {
  static let diameter = [
    EntryPoint("diameter-message", .attributes) { bytes in
      _ = DiameterRecognition.recognise(bytes)
      _ = DiameterRecognition.recognise(unaligned: bytes)
      guard let message = try? DiameterMessage(parsing: bytes) else { return }
      _ = message.publicIdentities
      _ = message.associatedPrivateIdentities
      _ = message.authenticationItems
      _ = message.deregistrationReason
      _ = message.serverCapabilities
      _ = message.productName
      _ = message.disconnectCause
      _ = message.originStateID
      _ = message.offeredApplications
      _ = message.routeRecords
      _ = message.redirectHosts
      _ = message.failedAttributes
      _ = DiameterAttributeRenderer().rendered(message)
      _ = DiameterAttributeRenderer(showing: Set(SecretKind.allCases)).rendered(message)
    },
    EntryPoint("diameter-stream", .attributes) { bytes in
      frame(bytes) { part, scanned in DiameterStreamFraming.next(in: part, resumingAt: scanned) }
      _ = DiameterStreamFraming.lengthBeforeMessage(in: bytes)
    },
    EntryPoint("user-data", .lines) { bytes in
      _ = UserDataScan.publicIdentities(in: bytes)
      _ = UserDataScan.privateIdentity(in: bytes)
      for range in UserDataScan.identities(in: bytes).all { _ = bytes.text(in: range.range) }
    },
  ]
}
