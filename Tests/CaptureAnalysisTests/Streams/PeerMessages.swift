@testable import SampleTraffic

/// Messages that two Diameter peers exchange (RFC 6733 section 5).
enum PeerMessages {
  static let client = "icscf.ims.example"
  static let server = "hss.ims.example"

  private static func origin(_ host: String) -> [AttributeValuePair] {
    [.text(264, host), .text(296, "ims.example")]
  }

  private static func message(
    _ command: UInt32, isRequest: Bool, _ identifier: UInt32, _ pairs: [AttributeValuePair]
  ) -> [UInt8] {
    DiameterText(
      command: command, application: 0, isRequest: isRequest, isProxiable: false, hopByHop: identifier,
      endToEnd: identifier, pairs: pairs
    ).bytes
  }

  static func capabilitiesRequest(_ identifier: UInt32) -> [UInt8] {
    message(
      257, isRequest: true, identifier,
      origin(client) + [
        .bytes(257, [0, 1, 10, 10, 0, 1], vendor: 0), .number(266, 10415), .text(269, "Client of tests"),
        .group(260, [.number(266, 10415), .number(258, 16_777_216)]),
      ])
  }

  static func capabilitiesAnswer(_ identifier: UInt32, result: UInt32 = 2001) -> [UInt8] {
    message(
      257, isRequest: false, identifier,
      [.number(268, result)] + origin(server) + [
        .bytes(257, [0, 1, 10, 10, 0, 2], vendor: 0), .number(266, 10415), .text(269, "Server of tests"),
        .number(258, 16_777_216), .group(260, [.number(266, 10415), .number(258, 16_777_217)]),
      ])
  }

  static func watchdogRequest(_ identifier: UInt32, from host: String = client, state: UInt32? = nil) -> [UInt8] {
    message(280, isRequest: true, identifier, origin(host) + (state.map { [.number(278, $0)] } ?? []))
  }

  static func watchdogAnswer(_ identifier: UInt32, from host: String = server, state: UInt32? = nil) -> [UInt8] {
    message(
      280, isRequest: false, identifier,
      [.number(268, 2001)] + origin(host) + (state.map { [.number(278, $0)] } ?? []))
  }

  static func disconnectRequest(_ identifier: UInt32, from host: String = server, cause: UInt32) -> [UInt8] {
    message(282, isRequest: true, identifier, origin(host) + [.number(273, cause)])
  }

  static func disconnectAnswer(_ identifier: UInt32, from host: String = client) -> [UInt8] {
    message(282, isRequest: false, identifier, [.number(268, 2001)] + origin(host))
  }

  /// A question about a user over Cx.
  static func userAuthorization(_ identifier: UInt32) -> [UInt8] {
    DiameterText(
      command: 300, application: 16_777_216, isRequest: true, hopByHop: identifier, endToEnd: identifier,
      pairs: [.text(263, "\(client);1;\(identifier)")] + origin(client) + [
        .text(283, "ims.example"), .text(1, "user@ims.example"),
        .text(601, "sip:user@ims.example", vendor: AttributeValuePair.vendor3GPP), .number(277, 1),
      ]
    ).bytes
  }
}
