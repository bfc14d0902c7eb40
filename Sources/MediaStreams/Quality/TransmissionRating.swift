#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The E-model of ITU-T G.107 (06/2015) clause 7: the transmission rating factor R of a connection from its parameters,
/// which begin at the default values of table 2. Symbols are the recommendation's.
struct TransmissionRating {
  var sendLoudness = 8.0  // SLR
  var receiveLoudness = 2.0  // RLR
  var sidetoneMasking = 15.0  // STMR
  var listenerSidetone = 18.0  // LSTR
  var sendD = 3.0  // Ds
  var talkerEcho = 65.0  // TELR
  var echoPathLoss = 110.0  // WEPL
  /// One-way delay of the echo path, T, in milliseconds.
  var echoDelay = 0.0
  /// Round trip in the four-wire loop, Tr, in milliseconds.
  var loopDelay = 0.0
  /// One-way delay from mouth to ear, Ta, in milliseconds.
  var absoluteDelay = 0.0
  var quantizationUnits = 1.0  // qdu
  var circuitNoise = -70.0  // Nc
  var noiseFloor = -64.0  // Nfor
  var sendRoomNoise = 35.0  // Ps
  var receiveRoomNoise = 35.0  // Pr
  /// Equipment impairment with loss, Ie,eff.
  var equipmentImpairment = 0.0
  var advantage = 0.0  // A

  /// R (7-1).
  var factor: Double {
    noiseRatio - simultaneousImpairment - delayImpairment - equipmentImpairment + advantage
  }

  /// No (7-3).
  private var noise: Double {
    let overallLoudness = sendLoudness + receiveLoudness
    let sender =
      sendRoomNoise - sendLoudness - sendD - 100
      + 0.004 * pow(sendRoomNoise - overallLoudness - sendD - 14, 2)
    let effective = receiveRoomNoise + 10 * log10(1 + pow(10, (10 - listenerSidetone) / 10))
    let receiver = receiveLoudness - 121 + effective + 0.008 * pow(effective - 35, 2)
    let floor = noiseFloor + receiveLoudness
    return 10 * log10(pow(10, circuitNoise / 10) + pow(10, sender / 10) + pow(10, receiver / 10) + pow(10, floor / 10))
  }

  /// Ro (7-2).
  private var noiseRatio: Double { 15 - 1.5 * (sendLoudness + noise) }

  /// Ist (7-11, 7-12).
  private var sidetoneImpairment: Double {
    let masking = -10 * log10(pow(10, -sidetoneMasking / 10) + exp(-echoDelay / 4) * pow(10, -talkerEcho / 10))
    return 12 * pow(1 + pow((masking - 13) / 6, 8), 1.0 / 8)
      - 28 * pow(1 + pow((masking + 1) / 19.4, 35), 1.0 / 35)
      - 13 * pow(1 + pow((masking - 3) / 33, 13), 1.0 / 13) + 29
  }

  /// Is (7-8 to 7-17).
  private var simultaneousImpairment: Double {
    let loudness = sendLoudness + receiveLoudness + 0.2 * (64 + noise - receiveLoudness)
    let loud = 20 * (pow(1 + pow(loudness / 8, 8), 1.0 / 8) - loudness / 8)
    let distortion = 37 - 15 * log10(quantizationUnits)
    let ratio = 1.07 + 0.258 * distortion + 0.0602 * distortion * distortion
    let y = (noiseRatio - 100) / 15 + 46 / 8.4 - ratio / 9
    let z = 46.0 / 30 - ratio / 40
    return loud + sidetoneImpairment + 15 * log10(1 + pow(10, y) + pow(10, z))
  }

  /// Id (7-18 to 7-27).
  private var delayImpairment: Double {
    talkerEchoImpairment + listenerEchoImpairment + TransmissionRating.impairment(ofDelay: absoluteDelay)
  }

  private var talkerEchoImpairment: Double {
    let echo =
      talkerEcho - 40 * log10((1 + echoDelay / 10) / (1 + echoDelay / 150)) + 6 * exp(-0.3 * echoDelay * echoDelay)
    let rating = 80 + 2.5 * ((sidetoneMasking < 9 ? echo + sidetoneImpairment / 2 : echo) - 14)
    let difference = -1.5 * (noise - receiveLoudness) - rating
    let impairment =
      (difference / 2 + (difference * difference / 4 + 100).squareRoot() - 1) * (1 - exp(-echoDelay))
    guard sidetoneMasking > 20 else { return impairment }
    return (impairment * impairment + sidetoneImpairment * sidetoneImpairment).squareRoot()
  }

  private var listenerEchoImpairment: Double {
    let rating = 10.5 * (echoPathLoss + 7) * pow(loopDelay + 1, -0.25)
    let difference = noiseRatio - rating
    return difference / 2 + (difference * difference / 4 + 169).squareRoot()
  }

  /// Idd (7-27, 7-28): what a delay that is not noticed as echo takes away; nothing up to 100 ms.
  static func impairment(ofDelay milliseconds: Double) -> Double {
    guard milliseconds > 100 else { return 0 }
    let x = log2(milliseconds / 100)
    return 25 * (pow(1 + pow(x, 6), 1.0 / 6) - 3 * pow(1 + pow(x / 3, 6), 1.0 / 6) + 2)
  }

  /// Ie,eff (7-29) from the impairment without loss, the loss in percent, its burst ratio and the robustness of the codec.
  static func impairment(
    ofLoss percent: Double, burstRatio: Double, without loss: Double, robustness: Double
  ) -> Double {
    loss + (95 - loss) * percent / (percent / burstRatio + robustness)
  }

  /// The mean opinion score that goes with a rating factor (annex B, B-4).
  static func meanOpinionScore(_ factor: Double) -> Double {
    if factor <= 0 { return 1 }
    if factor >= 100 { return 4.5 }
    return max(1, 1 + 0.035 * factor + factor * (factor - 60) * (100 - factor) * 7e-6)
  }
}
