import ByteReading
import CaptureFacts

/// The link of most frames, read at one look: Ethernet, with a VLAN tag or without, and the cooked captures of Linux. What
/// lies behind is the same to the walk, whose path names the link.
public enum PlainLink {
  /// The EtherType and where the network header begins; nil for other links, and where no header of IP fits behind.
  @inlinable @inline(__always)
  public static func network(of bytes: RawSpan, linkType: LinkType) -> (etherType: UInt16, start: Int)? {
    guard bytes.byteCount >= 40 else { return nil }
    switch linkType.rawValue {
    case 1:
      let etherType = bytes.bigEndianUInt16(at: 12)
      // IEEE 802.1Q: two bytes of tag, then the EtherType.
      return etherType == 0x8100 ? (bytes.bigEndianUInt16(at: 16), 18) : (etherType, 14)
    // LINKTYPE_LINUX_SLL and LINKTYPE_LINUX_SLL2.
    case 113: return (bytes.bigEndianUInt16(at: 14), 16)
    case 276: return (bytes.bigEndianUInt16(at: 0), 20)
    default: return nil
    }
  }
}
