/// What an input is made of: parts that can be repeated, left out, exchanged, and changed one at a time, while the lengths
/// around them stay true.
public enum InputShape: Sendable {
  /// Nothing that is known.
  case bytes
  /// Lines of text, with a body behind the first empty one; each is `fields`.
  case lines
  /// What signs of a grammar separate in a line: parameters of a header field, members of an object of JSON.
  case fields
  /// A Diameter message: AVPs with their lengths.
  case attributes
  /// Records as `InputRecords` reads them, their contents as they are.
  case records
  /// The same, and each content is a message of SIP or Diameter.
  case messages
  /// The same, and each content is `chunks`.
  case chunkPackets
  /// A common header of SCTP with chunks behind it.
  case chunks
  /// A capture file: classic or pcapng.
  case capture
}
