import CaptureFacts
import DiameterMessages
import SIPMessages
import SubscriberTimelines

/// Is shown each message of a capture, in the order in which they were completed, while records are made of them.
public protocol MessageObserver: AnyObject {
  /// Names the inputs, in the order that `FrameReference.file` counts, before the first message.
  func begin(inputs: [String])

  /// Takes a SIP message.
  func take(_ observed: Observed<SIPMessage>, _ sighting: MessageSighting, _ context: MessageContext)

  /// Takes a Diameter message.
  func take(_ observed: Observed<DiameterMessage>, _ sighting: MessageSighting, _ context: MessageContext)
}
