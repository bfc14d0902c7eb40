import ByteReading

/// The frames of a speech codec, by their type: what a frame says before its speech.
struct SpeechFrames {
  /// The most frames that are read of one packet: 12 of 20 ms is the most that AMR allows in practice (RFC 4867 section
  /// 8.1, maxptime); hostile packets claim more.
  static let mostFrames = 16

  /// The mode that the sender asks the other side for; 15 for none (RFC 4867 section 4.3.1).
  private(set) var requestedMode: UInt8 = 15
  /// AMR, AMR-WB: frame type (RFC 4867 table 1); EVS primary: the bit rates in rising order.
  private(set) var byType = InlineArray<16, UInt32>(repeating: 0)
  /// Frames of EVS in its mode interoperable with AMR-WB.
  private(set) var interoperable: UInt32 = 0
  /// Frames that describe background noise (SID).
  private(set) var noise: UInt32 = 0
  /// Frames without data: nothing was sent, or the frame was lost before.
  private(set) var empty: UInt32 = 0
  /// Frames whose quality bit says that they are damaged (RFC 4867 section 4.3.2).
  private(set) var damaged: UInt32 = 0
  /// Packets whose frames do not go with their length.
  private(set) var malformed: UInt32 = 0

  /// Octets of each type of frame of AMR, and of AMR-WB, without header (TS 26.101 and TS 26.201 annex A).
  private static let bitsOfAMR: InlineArray<16, UInt16> = [
    95, 103, 118, 134, 148, 159, 204, 244, 39, 43, 38, 37, 0, 0, 0, 0,
  ]
  private static let bitsOfAMRWB: InlineArray<16, UInt16> = [
    132, 177, 253, 285, 317, 365, 397, 461, 477, 40, 0, 0, 0, 0, 0, 0,
  ]

  // MARK: - AMR and AMR-WB

  /// Takes a packet of AMR or AMR-WB (RFC 4867 sections 4.3 and 4.4).
  @inline(__always)
  mutating func take(adaptiveMultiRate bytes: RawSpan, _ payload: Range<Int>, isWideband: Bool, isAligned: Bool) {
    guard payload.count >= 2 else {
      malformed &+= 1
      return
    }
    if isAligned {
      takeAligned(bytes, payload, isWideband)
    } else {
      takePacked(bytes, payload, isWideband)
    }
  }

  @inline(__always)
  private mutating func takeAligned(_ bytes: RawSpan, _ payload: Range<Int>, _ isWideband: Bool) {
    requestedMode = bytes.byte(at: payload.lowerBound) >> 4
    var place = payload.lowerBound &+ 1
    let end = min(payload.upperBound, place &+ SpeechFrames.mostFrames)
    var octets: UInt = 0
    while place < end {
      let entry = bytes.byte(at: place)
      place &+= 1
      octets &+= (UInt(take(type: Int(entry >> 3 & 15), isGood: entry & 4 != 0, isWideband)) &+ 7) / 8
      if entry & 0x80 == 0 { break }
    }
    // Interleaving and checksums of frames (section 4.4.1) make it longer.
    if UInt(payload.upperBound &- place) < octets { malformed &+= 1 }
  }

  private mutating func takePacked(_ bytes: RawSpan, _ payload: Range<Int>, _ isWideband: Bool) {
    requestedMode = bytes.byte(at: payload.lowerBound) >> 4
    var bit = 4
    var bits = 0
    for _ in 0..<SpeechFrames.mostFrames {
      let place = payload.lowerBound + bit / 8
      guard place + 1 < payload.upperBound else { break }
      let entry = bytes.bigEndianUInt16(at: place) << UInt16(bit % 8)
      bit += 6
      bits += take(type: Int(entry >> 11 & 15), isGood: entry >> 10 & 1 != 0, isWideband)
      if entry >> 15 == 0 { break }
    }
    if (bit + bits + 7) / 8 != payload.count { malformed &+= 1 }
  }

  /// Counts a frame and returns its length in bits.
  @inline(__always)
  private mutating func take(type: Int, isGood: Bool, _ isWideband: Bool) -> Int {
    let bits = Int(isWideband ? SpeechFrames.bitsOfAMRWB[type] : SpeechFrames.bitsOfAMR[type])
    byType[type] &+= 1
    if type == (isWideband ? 9 : 8) {
      noise &+= 1
    } else if bits == 0 {
      empty &+= 1
    }
    if !isGood, bits != 0 { damaged &+= 1 }
    return bits
  }

  // MARK: - EVS

  /// The octets of a packet in the compact format (TS 26.445 table A.1), in the order of the bit rates of EVS primary: 2.8
  /// to 128 kbit/s and SID.
  private static let primaryOctets: [Int] = [7, 18, 20, 24, 33, 41, 61, 80, 120, 160, 240, 320, 6]
  /// The same of EVS interoperable with AMR-WB, with the mode request (TS 26.445 table A.2).
  private static let interoperableOctets: [Int] = [17, 23, 32, 36, 40, 46, 50, 58, 60]

  /// Takes a packet of EVS (TS 26.445 annex A.2). The compact format shows by its length, unless headers are all that
  /// was agreed on.
  mutating func take(enhancedVoiceServices bytes: RawSpan, _ payload: Range<Int>, hasHeadersOnly: Bool) {
    guard let first = payload.first else {
      malformed &+= 1
      return
    }
    if !hasHeadersOnly {
      if payload.count == 7, bytes.byte(at: first) >> 7 != 0 {
        // Section A.2.1.3: of this length there is also SID of the interoperable mode, with a bit that says so.
        interoperable &+= 1
        noise &+= 1
        return
      }
      if let type = SpeechFrames.primaryOctets.firstIndex(of: payload.count) {
        return count(primary: type)
      }
      if SpeechFrames.interoperableOctets.contains(payload.count) {
        interoperable &+= 1
        return
      }
    }
    takeHeaders(bytes, payload)
  }

  /// The header-full format (TS 26.445 section A.2.2): an octet of a mode request, then one for each frame.
  private mutating func takeHeaders(_ bytes: RawSpan, _ payload: Range<Int>) {
    var place = payload.lowerBound
    if bytes.byte(at: place) & 0x80 != 0 { place += 1 }
    var octets = 0
    for _ in 0..<SpeechFrames.mostFrames where place < payload.upperBound {
      let entry = bytes.byte(at: place)
      place += 1
      let type = Int(entry & 15)
      if entry & 0x20 != 0 {
        interoperable &+= 1
        octets += (Int(SpeechFrames.bitsOfAMRWB[type]) + 7) / 8
        if type == 9 { noise &+= 1 }
        if type >= 14 { empty &+= 1 }
        if entry & 0x10 == 0, type < 14 { damaged &+= 1 }
      } else {
        if type < SpeechFrames.primaryOctets.count { octets += SpeechFrames.primaryOctets[type] }
        count(primary: type)
      }
      if entry & 0x40 == 0 { break }
    }
    if payload.upperBound - place < octets { malformed &+= 1 }
  }

  private mutating func count(primary type: Int) {
    byType[type] &+= 1
    if type == 12 { noise &+= 1 }
    if type >= 14 { empty &+= 1 }
  }

  // MARK: - What it was for the most part

  /// Bit rates by the type of a frame (TS 26.071, TS 26.171, TS 26.441).
  private static let ratesOfAMR: [UInt32] = [4750, 5150, 5900, 6700, 7400, 7950, 10_200, 12_200]
  private static let ratesOfAMRWB: [UInt32] = [
    6600, 8850, 12_650, 14_250, 15_850, 18_250, 19_850, 23_050, 23_850,
  ]
  private static let ratesOfEVS: [UInt32] = [
    2800, 7200, 8000, 9600, 13_200, 16_400, 24_400, 32_000, 48_000, 64_000, 96_000, 128_000,
  ]

  /// The bit rate of most frames that hold speech; 0 where there was none.
  func mainRate(of codec: MediaCodec) -> UInt32 {
    let rates: [UInt32]
    switch codec {
    case .amr: rates = SpeechFrames.ratesOfAMR
    case .amrWB: rates = SpeechFrames.ratesOfAMRWB
    case .evs: rates = SpeechFrames.ratesOfEVS
    default: return 0
    }
    var place = 0
    for type in rates.indices where byType[type] > byType[place] { place = type }
    return byType[place] == 0 ? 0 : rates[place]
  }

  /// The types that were seen, a bit each.
  var modes: UInt16 {
    var modes: UInt16 = 0
    for type in byType.indices where byType[type] > 0 { modes |= 1 << UInt16(type) }
    return modes
  }
}
