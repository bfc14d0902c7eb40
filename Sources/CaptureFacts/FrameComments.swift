/// What people wrote about frames into a capture (pcapng section 3.5, `opt_comment`).
public struct FrameComments: Sendable {
  /// How many are kept: people write some, programs that write one to each frame fill no memory with them.
  public static let keptComments = 4096

  /// How many bytes are kept of one comment.
  public static let keptBytes = 1024

  /// One comment.
  public struct Comment: Sendable {
    /// The frame.
    public var frame: FrameReference
    /// What was written, cut where it is long.
    public var text: String
  }

  private var comments: [Comment] = []

  /// No comments.
  public init() {}

  /// Keeps the comments of a frame, which follows all frames before it. Returns how many were not kept.
  public mutating func note(_ texts: [String], of frame: FrameReference) -> Int {
    let room = FrameComments.keptComments - comments.count
    for text in texts.prefix(room) {
      let isLong = text.utf8.count > FrameComments.keptBytes
      // A character takes four bytes at most.
      let kept = isLong ? String(text.unicodeScalars.prefix(FrameComments.keptBytes / 4)) + "..." : text
      comments.append(Comment(frame: frame, text: kept))
    }
    return max(0, texts.count - room)
  }

  /// The comments of some frames, which are ordered.
  public func comments(of frames: [FrameReference]) -> [Comment] {
    guard !comments.isEmpty else { return [] }
    return frames.flatMap { frame in
      var lower = 0
      var upper = comments.count
      while lower < upper {
        let middle = (lower + upper) / 2
        if comments[middle].frame < frame { lower = middle + 1 } else { upper = middle }
      }
      return comments[lower...].prefix { $0.frame == frame }
    }
  }
}
