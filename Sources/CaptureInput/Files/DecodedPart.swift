/// What one call of a decoder did.
struct DecodedPart {
  /// Where the decoder stands afterwards.
  enum State {
    /// In the middle of compressed data.
    case inside
    /// At the end of a gzip member or Zstandard frame: the input may end here, or another one follows.
    case betweenMembers
    /// The data contradict the format.
    case corrupt
  }

  /// How many compressed bytes were used up.
  var consumed: Int
  /// How many bytes were made of them.
  var produced: Int
  /// Where the decoder stands.
  var state: State
}
