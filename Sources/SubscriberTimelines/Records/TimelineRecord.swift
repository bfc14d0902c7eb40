import CaptureFacts

/// What the correlation emits: each record once, as soon as it is complete.
public enum TimelineRecord: Sendable {
  /// A registration has ended.
  case registration(Registration)
  /// A call has ended.
  case call(Call)
  /// A message or subscription has ended.
  case messaging(MessagingRecord)
  /// A finding that is not the cause of one record.
  case finding(Finding)
  /// A stream of media that belongs to no call.
  case media(MediaStream)
  /// Something that belongs to a record emitted before.
  case late(RecordIdentifier, TimelineEvent)
}
