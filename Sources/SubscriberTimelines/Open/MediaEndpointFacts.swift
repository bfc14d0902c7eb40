import ByteReading
import CaptureFacts

/// Where a description of a call asks for media, and on which hop it was seen first.
struct MediaEndpointFacts {
  /// The endpoint, as the index has it.
  let hash: KeyedHash
  /// The place of the dialog.
  let dialog: Int
  /// Who sent the description.
  let from: NodeHandle
  /// Who received it.
  let to: NodeHandle
  /// The message.
  let frame: FrameReference
}
