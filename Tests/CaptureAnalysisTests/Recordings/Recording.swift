import Foundation
import SharedCaptures
import Testing

/// A recording of a Kamailio core with a PyHSS, with the log of its UEs.
struct Recording: CustomTestStringConvertible, Sendable {
  static let domain = "ims.mnc001.mcc001.3gppnetwork.org"

  /// All recordings, beside the checkout.
  static let shared = [
    "01_register_udp", "02_call_answered", "03_call_cancelled", "05_unknown_subscriber", "06_wrong_credentials",
    "07_rereg_dereg", "08_tcp", "10_hss_timeout", "12_ppr_rtr", "13_load", "17_cx_sctp", "18_aka_resync", "19_ipsec",
  ].map { Recording(name: $0, folder: SharedCaptures.file("realcore")) }

  /// Those of which the package holds a copy.
  static let samples = [
    "01_register_udp", "03_call_cancelled", "05_unknown_subscriber", "06_wrong_credentials", "07_rereg_dereg",
    "10_hss_timeout", "17_cx_sctp", "18_aka_resync",
  ].map { Recording(name: $0, folder: SharedCaptures.packageDirectory.appending(path: "SampleCaptures")) }

  let name: String
  let folder: URL

  var testDescription: String { name }
  var capture: URL { folder.appending(path: name + ".pcap") }

  func report() throws -> CollectedReport { try .analysing([capture]) }
  func log() throws -> UserEquipmentLog { try UserEquipmentLog(folder.appending(path: name + ".ue")) }

  static func shared(_ name: String) -> Recording {
    Recording(name: name, folder: SharedCaptures.file("realcore"))
  }

  /// The identities of a subscriber: its IMSI is 00101 and n as ten digits, its MSISDN 1555 and n as seven.
  static func identities(imsi: String) -> (impi: String, impus: Set<String>) {
    let msisdn = "1555" + imsi.suffix(7)
    return (
      "\(imsi)@\(domain)", ["sip:\(imsi)@\(domain)", "sip:\(msisdn)@\(domain)", "tel:\(msisdn)"]
    )
  }
}
