import CaptureFacts

/// What stands before the IP header of each frame.
public enum LinkEncapsulation: Hashable, Sendable {
  /// Ethernet II.
  case ethernet
  /// Ethernet with one IEEE 802.1Q tag.
  case vlan(identifier: UInt16)
  /// Linux cooked capture (LINKTYPE_LINUX_SLL, 113).
  case linuxCooked
  /// Linux cooked capture version 2 (LINKTYPE_LINUX_SLL2, 276).
  case linuxCookedVersion2
  /// The packet begins with the IP header (LINKTYPE_RAW, 101).
  case rawIP
  /// BSD loopback (LINKTYPE_NULL, 0), the address family little-endian.
  case loopback

  /// The LINKTYPE value of the capture file.
  public var linkType: LinkType {
    switch self {
    case .ethernet, .vlan: LinkType(rawValue: 1)
    case .linuxCooked: LinkType(rawValue: 113)
    case .linuxCookedVersion2: LinkType(rawValue: 276)
    case .rawIP: LinkType(rawValue: 101)
    case .loopback: LinkType(rawValue: 0)
    }
  }

  /// The frame that carries `packet`, an IP packet from `source` to `destination`.
  func frame(packet: [UInt8], from source: IPAddress, to destination: IPAddress) -> [UInt8] {
    let etherType: UInt16 = source.isV4 ? 0x0800 : 0x86dd
    var frame: [UInt8] = []
    frame.reserveCapacity(packet.count + 20)
    switch self {
    case .ethernet, .vlan:
      frame += LinkEncapsulation.hardwareAddress(of: destination)
      frame += LinkEncapsulation.hardwareAddress(of: source)
      if case .vlan(let identifier) = self {
        frame.append(bigEndian: UInt16(0x8100))
        frame.append(bigEndian: identifier & 0x0fff)
      }
      frame.append(bigEndian: etherType)
    case .linuxCooked:
      frame.append(bigEndian: UInt16(0))
      frame.append(bigEndian: UInt16(1))
      frame.append(bigEndian: UInt16(6))
      frame += LinkEncapsulation.hardwareAddress(of: source) + [0, 0]
      frame.append(bigEndian: etherType)
    case .linuxCookedVersion2:
      frame.append(bigEndian: etherType)
      frame.append(bigEndian: UInt16(0))
      frame.append(bigEndian: UInt32(2))
      frame.append(bigEndian: UInt16(1))
      frame += [0, 6] + LinkEncapsulation.hardwareAddress(of: source) + [0, 0]
    case .rawIP: break
    case .loopback: frame.append(littleEndian: UInt32(source.isV4 ? 2 : 24))
    }
    return frame + packet
  }

  /// A locally administered hardware address that follows from the network address.
  private static func hardwareAddress(of address: IPAddress) -> [UInt8] {
    var bytes: [UInt8] = [0x02, address.isV4 ? 0x04 : 0x06]
    bytes.append(bigEndian: UInt32(truncatingIfNeeded: address.low))
    return bytes
  }
}
