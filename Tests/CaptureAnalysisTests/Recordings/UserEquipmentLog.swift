import Foundation

/// What the UEs of a recording wrote down themselves: the codes that each of their requests saw.
struct UserEquipmentLog {
  /// A REGISTER with what followed until it was decided.
  struct Registration {
    let imsi: String
    let expires: Int
    let codes: [Int]
  }

  /// An INVITE as its caller saw it.
  struct Call: Decodable {
    let callID: String
    /// The caller's MSISDN.
    let caller: String
    /// As dialled.
    let callee: String
    /// Each different response, in order.
    let codes: [Int]
    /// From INVITE to the final response, in seconds.
    let setup: Double
    /// What BYE was answered with; nil where there was none.
    let bye: Int?

    enum CodingKeys: String, CodingKey {
      case callID = "cid"
      case caller = "frm"
      case callee = "to"
      case codes, setup, bye
    }
  }

  private(set) var registrations: [Registration] = []
  private(set) var calls: [Call] = []

  /// Reads `TIME EVENT ...` lines.
  init(_ file: URL) throws {
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 2)
      guard words.count == 3 else { continue }
      if words[1] == "CALL" {
        calls.append(try JSONDecoder().decode(Call.self, from: Data(words[2].utf8)))
      } else if words[1] == "REG" {
        // 001010000000001 udp expires 3600 -> [401, 200]
        let parts = words[2].split(separator: " ", maxSplits: 5)
        let codes = parts[5].split { !$0.isNumber }.compactMap { Int($0) }
        registrations.append(Registration(imsi: String(parts[0]), expires: Int(parts[3]) ?? -1, codes: codes))
      }
    }
  }
}
