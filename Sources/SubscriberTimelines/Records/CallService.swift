/// What a call is for, read from the media that it offers and from where it goes.
public enum CallService: String, CaseIterable, Sendable {
  /// `urn:service:sos` (RFC 5031).
  case emergency
  /// The other end is a focus (RFC 4579).
  case conference
  /// A file over MSRP (RFC 5547).
  case fileTransfer = "file_transfer"
  /// Messages over MSRP (RFC 4975).
  case messaging
  /// T.38.
  case fax
  /// Video beside voice.
  case video
  /// Audio.
  case voice
  /// The capture does not show the media, or they are others.
  case unknown

  init(of call: Call, _ facts: CallFacts) {
    let offered = facts.offeredMedia.map(\.type) + call.sessions.flatMap(\.media).map(\.type)
    let rows: [(CallService, Bool)] = [
      (.emergency, call.isEmergency), (.conference, facts.story.focus != nil),
      (.fileTransfer, call.sessions.contains { $0.media.contains { $0.file != nil } }),
      (.messaging, offered.contains("message")), (.fax, offered.contains("image")), (.video, offered.contains("video")),
      (.voice, offered.contains("audio")),
    ]
    self = rows.first(where: \.1)?.0 ?? .unknown
  }
}
