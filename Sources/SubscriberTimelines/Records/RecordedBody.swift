import ByteReading
import CaptureFacts
import ServiceDocuments

/// A body of a message of a record, kept as it was: reports read it, where they show it.
public struct RecordedBody: Sendable {
  /// How many different ones a record keeps.
  static let kept = 16

  /// The longest that is kept.
  static let longest = 1 << 14

  /// The frame of the message that it was first seen in.
  public var frame: FrameReference
  /// Its media type, without parameters, in lower case.
  public var contentType: String
  /// Its bytes.
  public var bytes: [UInt8]

  /// What it says.
  public var document: ServiceDocument { ServiceDocument(contentType: contentType, bytes: bytes.rawSpan) }
}
