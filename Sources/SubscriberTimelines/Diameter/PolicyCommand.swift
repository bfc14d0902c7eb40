import ByteReading
import CaptureFacts
import DiameterMessages

/// What the P-CSCF asks for over Rx (TS 29.214).
enum PolicyCommand {
  /// What an AAR is about.
  enum Subject {
    /// The media of a session.
    case media
    /// The signalling of a registered UE, whose bearer is watched (TS 29.214 section 4.4.5).
    case signalling
  }

  /// The application of Rx (TS 29.214 section 5.2).
  static let rxApplication: UInt32 = 16_777_236

  /// The commands: AA, Re-Auth and Abort-Session (TS 29.214 section 5.6).
  static let authorisation: UInt32 = 265
  static let reAuthorisation: UInt32 = 258
  static let abortSession: UInt32 = 274

  /// Specific-Action (TS 29.214 section 5.3.13) and Abort-Cause (section 5.3.1).
  static let specificAction: UInt32 = 513
  static let abortCause: UInt32 = 500

  /// Media-Component-Description, Media-Sub-Component and Flow-Usage (TS 29.214 sections 5.3.16, 5.3.19 and 5.3.12).
  private static let mediaComponentDescription: UInt32 = 517
  private static let mediaSubComponent: UInt32 = 519
  private static let flowUsage: UInt32 = 512
  /// AF_SIGNALLING (TS 29.214 section 5.3.12).
  private static let signallingUsage: UInt32 = 2

  /// What the request is about; nil where it describes no flows.
  static func subject(of message: DiameterMessage) -> Subject? {
    var subject: Subject?
    let vendor = DiameterVendor.threeGPP
    for component in message.attributes where component.isAttribute(mediaComponentDescription, vendor: vendor) {
      subject = subject ?? .media
      let members = message.members(of: component)
      for flows in members where flows.isAttribute(mediaSubComponent, vendor: vendor) {
        if members.members(of: flows).unsigned32(flowUsage, vendor: vendor) == signallingUsage { subject = .signalling }
      }
    }
    return subject
  }

  /// The UE's address: Framed-IP-Address 8, or the prefix of Framed-IPv6-Prefix 97 (RFC 7155 sections 4.4.10.5.1 and
  /// 4.4.10.5.6).
  static func framedAddress(of message: DiameterMessage) -> IPAddress? {
    let bytes = message.span
    if let address = message.first(8)?.data, address.count == 4 {
      return IPAddress(v4: bytes.bigEndianUInt32(at: Int(address.start)))
    }
    // A reserved octet and the length stand before the prefix, of which RFC 3162 section 2.3 writes only what is needed.
    guard let prefix = message.first(97)?.data, prefix.count >= 10 else { return nil }
    return IPAddress(high: bytes.bigEndianUInt64(at: Int(prefix.start) + 2), low: 0)
  }

  /// What of an address stands for its UE: all of IPv4, the network's part of IPv6, of which each UE has its own (TS 23.401
  /// section 5.3.1.2.2).
  static func key(of address: IPAddress, under key: HashKey) -> KeyedHash {
    key.start.combined(with: address.high).combined(with: address.isV4 ? address.low : 0)
  }
}
