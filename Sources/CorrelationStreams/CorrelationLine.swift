import CaptureFacts
import DiameterMessages
import MediaStreams
import SIPMessages

/// One line of a stream, read.
public struct CorrelationLine: Sendable {
  /// What it says.
  public enum Content: Sendable {
    /// A SIP message.
    case sip(Observed<SIPMessage>, ordinal: UInt32)
    /// A Diameter message.
    case diameter(Observed<DiameterMessage>, ordinal: UInt32)
    /// Frames that show a message, or a part of it, once more; the point is nil where a part of it was counted there.
    case repetition(of: UInt32, frames: [FrameReference], time: Timestamp, point: CapturePointHandle?)
    /// What the transport showed.
    case event(TransportEvent)
    /// The record of an SCTP association that is over.
    case association(SCTPAssociationHealth)
    /// A stream of media that is over, or was silent for long.
    case media(ObservedMediaStream)
    /// The next point at which something was seen; points are counted from 0.
    case point(CapturePoint)
    /// Packet time went on.
    case clock(Timestamp)
    /// What people wrote about a frame.
    case comment(FrameReference, [String])
    /// A name that the capture gives to an address.
    case name(IPAddress, String)
    /// All frames were read: what follows was found when streams were closed.
    case end
    /// The last line.
    case trailer(CorrelationTrailer)
  }

  /// What it says.
  public var content: Content
  /// The frame that was being read when it was found, by its number in the stream.
  public var reading: UInt64

  /// The time that it names; nil where it names none.
  public var time: Timestamp? {
    switch content {
    case .sip(let observed, _): observed.time
    case .diameter(let observed, _): observed.time
    case .repetition(_, _, let time, _): time
    case .event(let event): event.time
    case .clock(let time): time
    case .association, .media, .point, .comment, .name, .end, .trailer: nil
    }
  }
}
