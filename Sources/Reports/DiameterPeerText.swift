import DiameterMessages
import SubscriberTimelines

/// What a Diameter connection says of its ends, in words.
enum DiameterPeerText {
  /// What an agent offers that passes on all applications (RFC 6733 section 2.4).
  private static let relay: UInt32 = 0xffff_ffff

  /// The name of an application; nil where it is not known.
  static func application(_ identifier: UInt32) -> String? {
    identifier == relay ? "relay" : DiameterDictionary.standard.application(identifier)?.interface
  }

  /// The applications of an end, by name where they have one.
  static func applications(_ end: DiameterPeer.End) -> String {
    var names: [String] = []
    for identifier in end.applications {
      let name = application(identifier) ?? String(identifier)
      if !names.contains(name) { names.append(name) }
    }
    return names.joined(separator: " ")
  }

  /// What is wrong with a connection, or how it is.
  static func state(_ peer: DiameterPeer) -> String {
    var words: [String] = []
    if let result = peer.capabilitiesResult, !(2000..<3000).contains(result) {
      words.append("CEA \(result)")
    } else if peer.capabilitiesRequestFrame != nil, peer.capabilitiesAnswerFrame == nil {
      words.append("CER unanswered")
    }
    let unanswered = peer.client.watchdogsUnanswered + peer.server.watchdogsUnanswered
    if unanswered > 0 { words.append("\(unanswered) DWR unanswered") }
    if let disconnect = peer.disconnect {
      let cause = disconnect.cause.flatMap(DiameterDictionary.standard.disconnectCauseName)
      words.append("DPR" + (cause.map { " \($0)" } ?? ""))
    }
    return words.isEmpty ? "well" : words.joined(separator: ", ")
  }
}
