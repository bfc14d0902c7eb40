import CaptureFacts

/// The payload of an IP datagram put together from its fragments. It re-enters `PacketDecoder.decode(inner:)` with the
/// packet of the fragment that completed it as the one around.
public struct ReassembledDatagram: Sendable {
  /// The payload of the datagram, whole.
  public var bytes: [UInt8]

  /// The protocol with which `bytes` begin: the IP protocol number, or the next header of the fragmentable part.
  public var ipProtocol: UInt8

  /// The frames of all fragments in their order of arrival, duplicates included; the last one completed the datagram.
  public var frames: [FrameReference]
}
