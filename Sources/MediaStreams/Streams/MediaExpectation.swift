import CaptureFacts

/// What a session description says will be sent to one endpoint.
public struct MediaExpectation: Sendable {
  /// What arrives there.
  public enum Kind: UInt8, Sendable {
    /// RTP.
    case rtp
    /// SRTP (RFC 3711): the headers of RTP, a payload that cannot be read.
    case securedRTP
    /// Fax over UDPTL (ITU-T T.38 annex D).
    case fax
  }

  /// The most formats that are kept: real offers have fewer than ten.
  static let mostFormats = 32

  /// Where it is to be sent.
  public var endpoint: Endpoint
  /// What.
  public var kind: Kind
  /// The payload types.
  public var formats: [PayloadFormat]

  /// Expects `kind` at `endpoint`.
  public init(endpoint: Endpoint, kind: Kind, formats: [PayloadFormat]) {
    self.endpoint = endpoint
    self.kind = kind
    self.formats = Array(formats.prefix(MediaExpectation.mostFormats))
  }

  /// Takes what another description, or another medium on the same port, says about the endpoint.
  mutating func merge(_ other: MediaExpectation) {
    kind = other.kind
    for format in other.formats {
      if let place = formats.firstIndex(where: { $0.payloadType == format.payloadType }) {
        formats[place] = format
      } else if formats.count < MediaExpectation.mostFormats {
        formats.append(format)
      }
    }
  }

  /// What a payload type means here.
  func format(_ payloadType: UInt8) -> PayloadFormat? {
    formats.first { $0.payloadType == payloadType }
  }
}
