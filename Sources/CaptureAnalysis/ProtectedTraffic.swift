import ByteReading
import CaptureFacts
import CaptureInput
import PacketLayers
import SecurityAssociations

/// What stands behind ESP: opens payloads, and holds those that cannot be opened yet.
struct ProtectedTraffic: ~Copyable {
  /// What is needed to go on with a payload that is opened later.
  struct Origin {
    var packet: DecodedPacket
    var time: Timestamp
    var frame: FrameReference
    var interface: UInt32
    var depth: Int
  }

  var opener = SecurityPayloadOpener()
  var held = HeldPayloads<Origin>()
  /// Those that were just given up; empty between calls.
  private var givenUp: [HeldPayloads<Origin>.GivenUp] = []

  /// Takes the keys that the user gave beside the capture; returns what was read in part.
  mutating func takeKeys(_ options: AnalysisOptions) throws -> [CaptureInputFailure] {
    for path in options.securityAssociationFiles {
      do throws(SecurityAssociationFileFailure) {
        opener.give(try SecurityAssociationFile.rows(path: path))
      } catch {
        throw CaptureInputFailure(input: path, message: error.description)
      }
    }
    guard !options.keyCaptures.isEmpty else { return [] }
    let found = try KeyCapture.read(options.keyCaptures, key: options.key, isInterrupted: options.isInterrupted)
    for case .vector(let challenge, let keys) in found.lessons { opener.give(keys, for: challenge) }
    return found.warnings
  }

  /// Opens a payload; nil where that fails, and then it is held, or counted where nothing can help it.
  mutating func open(
    _ payload: RawSpan, _ origin: Origin, anomalies: inout AnomalyLedger
  ) -> PayloadOpening? {
    let source = origin.packet.source.address
    let destination = origin.packet.destination.address
    let isCut = origin.packet.promisedPayloadLength > payload.byteCount
    let opening: PayloadOpening =
      isCut ? .failed(.malformed) : opener.open(payload, from: source, to: destination, at: origin.time)
    guard case .failed(let reason) = opening else { return opening }
    let spi = payload.byteCount >= 4 ? payload.bigEndianUInt32(at: 0) : 0
    let name = AssociationName(spi: spi, destination: destination)
    guard reason != .malformed else {
      giveUp(origin, name, reason, &anomalies)
      return nil
    }
    held.hold(payload, name, origin, reason, at: origin.time, givingUp: &givenUp)
    countGivenUp(&anomalies)
    return nil
  }

  /// Gives up what waits no longer than it may.
  mutating func expire(before time: Timestamp, anomalies: inout AnomalyLedger) {
    guard time >= held.nextDue else { return }
    held.expire(before: time, givingUp: &givenUp)
    countGivenUp(&anomalies)
  }

  /// Ends the input: what waits is given up.
  mutating func finish(anomalies: inout AnomalyLedger) {
    held.finish(givingUp: &givenUp)
    countGivenUp(&anomalies)
  }

  private mutating func countGivenUp(_ anomalies: inout AnomalyLedger) {
    guard !givenUp.isEmpty else { return }
    for place in givenUp.indices {
      giveUp(givenUp[place].origin, givenUp[place].name, givenUp[place].reason, &anomalies)
    }
    givenUp.removeAll(keepingCapacity: true)
  }

  /// Counts a payload that stays closed: in all, and by the reason where it tells more.
  private mutating func giveUp(
    _ origin: Origin, _ name: AssociationName, _ reason: NotOpenedReason, _ anomalies: inout AnomalyLedger
  ) {
    opener.countNotOpened(name, from: origin.packet.source.address, reason)
    anomalies.record(.espNotOpened, at: .esp, frame: origin.frame)
    switch reason {
    case .integrityFailed: anomalies.record(.espIntegrityFailed, at: .esp, frame: origin.frame)
    case .windowExceeded: anomalies.record(.espWindowExceeded, at: .esp, frame: origin.frame)
    case .noKeys, .malformed: break
    }
  }
}
