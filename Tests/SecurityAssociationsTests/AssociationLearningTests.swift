import ByteReading
import CaptureFacts
import Testing

@testable import SecurityAssociations

/// What signalling teaches (TS 33.203 section 7), and in which order it may come.
@Suite struct AssociationLearningTests {
  private static let user = IPAddress(v4: 0x0a00_0001)
  private static let network = IPAddress(v4: 0x0a00_0002)
  private static let key = HashKey(first: 1, second: 2)
  private static let callID = key.hash("call")
  private static let challenge = key.hash("challenge")
  private static let payload = bytes(
    "00001001 00000001 01020304050607080102030405060708 bfabc4f7f64ee42641d6b4f5d3bc3715 9594bf979938ae7799e5a784")
  private static let inside = OpenedPayload.opened(17, bytes("13c413c4000c000061626364"))

  private static func offer(_ encryption: EncryptionAlgorithm = .aesCBC) -> SecurityLesson {
    .offer(
      callID: callID, user: user,
      [SecurityProposal(spiClient: 1, spiServer: 2, encryption: encryption, integrity: .hmacSHA1)])
  }

  private static func agreement(_ proposals: [(EncryptionAlgorithm, IntegrityAlgorithm)]) -> SecurityLesson {
    .agreement(
      callID: callID, user: user, network: network,
      proposals.map { SecurityProposal(spiClient: 0x1000, spiServer: 0x1001, encryption: $0.0, integrity: $0.1) },
      challenge: challenge)
  }

  private static func vector() throws -> SecurityLesson {
    let keys = try #require(
      authenticationKeys("000102030405060708090a0b0c0d0e0f", "f0e1d2c3b4a5968778695a4b3c2d1e0f"))
    return .vector(challenge: challenge, keys)
  }

  private static func tryToOpen(_ opener: inout SecurityPayloadOpener) -> OpenedPayload {
    open(payload, &opener, from: user, to: network)
  }

  @Test("The keys may come before the agreement or after it")
  func orders() throws {
    let agreement = AssociationLearningTests.agreement([(.aesCBC, .hmacSHA1)])
    for keysFirst in [true, false] {
      var opener = SecurityPayloadOpener()
      let lessons =
        keysFirst
        ? [try AssociationLearningTests.vector(), AssociationLearningTests.offer(), agreement]
        : [AssociationLearningTests.offer(), agreement, try AssociationLearningTests.vector()]
      #expect(AssociationLearningTests.tryToOpen(&opener) == .failed(.noKeys))
      var names: [AssociationName] = []
      for lesson in lessons { names = opener.learn(lesson, at: Timestamp(nanoseconds: 0)) }
      // The four associations of the registration (TS 33.203 section 7.1).
      #expect(
        Set(names)
          == [
            AssociationName(spi: 0x1000, destination: AssociationLearningTests.network),
            AssociationName(spi: 0x1001, destination: AssociationLearningTests.network),
            AssociationName(spi: 1, destination: AssociationLearningTests.user),
            AssociationName(spi: 2, destination: AssociationLearningTests.user),
          ])
      #expect(AssociationLearningTests.tryToOpen(&opener) == AssociationLearningTests.inside)
    }
  }

  @Test("Of several combinations the one that verifies is used")
  func candidates() throws {
    var opener = SecurityPayloadOpener()
    let agreement = AssociationLearningTests.agreement([
      (.null, .hmacMD5), (.aesGCM, .null), (.desEDE3CBC, .hmacSHA1), (.aesCBC, .hmacSHA1),
    ])
    for lesson in [AssociationLearningTests.offer(), agreement, try AssociationLearningTests.vector()] {
      _ = opener.learn(lesson, at: Timestamp(nanoseconds: 0))
    }
    for _ in 0..<2 { #expect(AssociationLearningTests.tryToOpen(&opener) == AssociationLearningTests.inside) }
  }

  @Test("Keys of another challenge open nothing")
  func otherKeys() throws {
    var opener = SecurityPayloadOpener()
    let keys = try #require(
      authenticationKeys("00000000000000000000000000000000", "00000000000000000000000000000000"))
    let agreement = AssociationLearningTests.agreement([(.aesCBC, .hmacSHA1)])
    let wrong = SecurityLesson.vector(challenge: AssociationLearningTests.challenge, keys)
    for lesson in [AssociationLearningTests.offer(), agreement, wrong] {
      _ = opener.learn(lesson, at: Timestamp(nanoseconds: 0))
    }
    #expect(AssociationLearningTests.tryToOpen(&opener) == .failed(.integrityFailed))
    #expect(opener.openedCount == 0)
  }

  @Test("After a new registration the associations of the old one stay valid")
  func generations() throws {
    var opener = SecurityPayloadOpener()
    let first = AssociationLearningTests.agreement([(.aesCBC, .hmacSHA1)])
    for lesson in [try AssociationLearningTests.vector(), AssociationLearningTests.offer(), first] {
      _ = opener.learn(lesson, at: Timestamp(nanoseconds: 0))
    }
    // The same SPIs once more, with another challenge whose keys are not known.
    _ = opener.learn(
      .agreement(
        callID: AssociationLearningTests.callID, user: AssociationLearningTests.user,
        network: AssociationLearningTests.network,
        [SecurityProposal(spiClient: 0x1000, spiServer: 0x1001, encryption: .aesCBC, integrity: .hmacSHA1)],
        challenge: AssociationLearningTests.key.hash("another")), at: Timestamp(nanoseconds: 1))
    #expect(AssociationLearningTests.tryToOpen(&opener) == AssociationLearningTests.inside)
  }

  @Test("Keys that the user gave beside the capture serve as those of the capture")
  func givenKeys() throws {
    var opener = SecurityPayloadOpener()
    guard case .vector(let challenge, let keys) = try AssociationLearningTests.vector() else { return }
    opener.give(keys, for: challenge)
    for lesson in [AssociationLearningTests.offer(), AssociationLearningTests.agreement([(.aesCBC, .hmacSHA1)])] {
      _ = opener.learn(lesson, at: Timestamp(nanoseconds: 0))
    }
    #expect(AssociationLearningTests.tryToOpen(&opener) == AssociationLearningTests.inside)
  }
}
