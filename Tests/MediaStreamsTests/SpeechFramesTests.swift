import ByteReading
import Testing

@testable import MediaStreams

/// What speech codecs say before their speech.
@Suite struct SpeechFramesTests {
  private func frames(_ bytes: [UInt8], _ take: (inout SpeechFrames, RawSpan) -> Void) -> SpeechFrames {
    var frames = SpeechFrames()
    take(&frames, bytes.rawSpan)
    return frames
  }

  @Test("AMR 12.2 in its bandwidth-efficient form: CMR, F, FT, Q in ten bits (RFC 4867 section 4.3)") func packed() {
    // CMR 15, F 0, FT 7, Q 1: 1111 0 0111 1 ..., and 244 bits of speech: 32 octets.
    let frames = frames([0xf3, 0xc0] + Array(repeating: 0, count: 30)) {
      $0.take(adaptiveMultiRate: $1, 0..<32, isWideband: false, isAligned: false)
    }
    #expect(frames.byType[7] == 1)
    #expect(frames.requestedMode == 15)
    #expect(frames.damaged == 0)
    #expect(frames.malformed == 0)
    #expect(frames.mainRate(of: .amr) == 12_200)
  }

  @Test("AMR-WB with octets aligned: one octet CMR, one for each frame (RFC 4867 section 4.4)") func aligned() {
    // CMR 2, two frames: F 1 FT 2 Q 1, F 0 FT 9 (SID) Q 0; 32 and 5 octets.
    let frames = frames([0x20, 0x94, 0x48] + Array(repeating: 0, count: 37)) {
      $0.take(adaptiveMultiRate: $1, 0..<40, isWideband: true, isAligned: true)
    }
    #expect(frames.byType[2] == 1)
    #expect(frames.noise == 1)
    #expect(frames.damaged == 1)
    #expect(frames.requestedMode == 2)
    #expect(frames.malformed == 0)
    #expect(frames.mainRate(of: .amrWB) == 12_650)
  }

  @Test("the other form than the one agreed on does not go with the length") func mismatch() {
    let frames = frames([0xf0, 0x3c] + Array(repeating: 0, count: 31)) {
      $0.take(adaptiveMultiRate: $1, 0..<33, isWideband: false, isAligned: false)
    }
    #expect(frames.malformed == 1)
  }

  @Test(
    "EVS compact: the length tells the bit rate (TS 26.445 table A.1)",
    arguments: [(33, UInt32(13_200)), (61, 24_400), (20, 8000), (320, 128_000)])
  func compact(length: Int, rate: UInt32) {
    let frames = frames(Array(repeating: 0, count: length)) {
      $0.take(enhancedVoiceServices: $1, 0..<length, hasHeadersOnly: false)
    }
    #expect(frames.mainRate(of: .evs) == rate)
    #expect(frames.interoperable == 0)
  }

  @Test("EVS compact: SID of 6 octets, AMR-WB IO of 33 with its request, 7 octets by their first bit (section A.2.1.3)")
  func special() {
    let noise = frames(Array(repeating: 0, count: 6)) {
      $0.take(enhancedVoiceServices: $1, 0..<6, hasHeadersOnly: false)
    }
    #expect(noise.noise == 1)
    let interoperable = frames(Array(repeating: 0, count: 32)) {
      $0.take(enhancedVoiceServices: $1, 0..<32, hasHeadersOnly: false)
    }
    #expect(interoperable.interoperable == 1)
    let primary = frames([0x00, 0, 0, 0, 0, 0, 0]) {
      $0.take(enhancedVoiceServices: $1, 0..<7, hasHeadersOnly: false)
    }
    #expect(primary.mainRate(of: .evs) == 2800)
    let other = frames([0x80, 0, 0, 0, 0, 0, 0]) {
      $0.take(enhancedVoiceServices: $1, 0..<7, hasHeadersOnly: false)
    }
    #expect(other.noise == 1)
    #expect(other.interoperable == 1)
  }

  @Test("EVS header-full: request, then ToC with F, mode, Q and rate (TS 26.445 section A.2.2)") func headers() {
    // CMR; ToC F 0, EVS primary, 13.2 kbit/s (4); 33 octets.
    let frames = frames([0x80, 0x04] + Array(repeating: 0, count: 33)) {
      $0.take(enhancedVoiceServices: $1, 0..<35, hasHeadersOnly: true)
    }
    #expect(frames.mainRate(of: .evs) == 13_200)
    #expect(frames.malformed == 0)
  }

  @Test(
    "key frames of H.264 by the type of the unit, alone or the first fragment (RFC 6184 section 5.4)",
    arguments: [([0x65, 0], true), ([0x41, 0], false), ([0x7c, 0x85], true), ([0x7c, 0x05], false)])
  func keyFrame(bytes: [UInt8], isKey: Bool) {
    let found = VideoUnits.beginsKeyFrame(h264: bytes.rawSpan, bytes.indices)
    #expect(found == isKey)
  }

  @Test(
    "key frames of H.265 by the type of the unit (RFC 7798 section 4.4)",
    arguments: [([0x26, 1, 0], true), ([0x02, 1, 0], false), ([0x62, 1, 0x93], true)])
  func randomAccess(bytes: [UInt8], isKey: Bool) {
    let found = VideoUnits.beginsKeyFrame(h265: bytes.rawSpan, bytes.indices)
    #expect(found == isKey)
  }
}
