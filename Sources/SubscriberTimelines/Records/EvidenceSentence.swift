import CaptureFacts

/// A statement with the frames that prove it. Reports print its `sentence`, for only they know how frames are named.
public protocol EvidenceSentence {
  /// What is stated, without frames and without a full stop.
  var text: String { get }

  /// The frames that prove it, ordered.
  var frames: [FrameReference] { get }
}

extension EvidenceSentence {
  /// How many frames a sentence names; the others stand beside it in `frames`.
  private var namedFrames: Int { 6 }

  /// The whole sentence: `... (frames 3, 7 and 9).`. `name` says how a frame is named, by its number unless told
  /// otherwise.
  public func sentence(naming name: (FrameReference) -> String = { String($0.number) }) -> String {
    let names = frames.prefix(namedFrames).map(name)
    guard let last = names.last else { return text + "." }
    if frames.count > names.count { return text + " (frames \(names.joined(separator: ", ")), ...)." }
    guard names.count > 1 else { return text + " (frame \(last))." }
    return text + " (frames \(names.dropLast().joined(separator: ", ")) and \(last))."
  }
}
