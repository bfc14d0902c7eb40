/// The memory that the files of one run have in common, beyond the window that each begins with: for blocks that are longer
/// than that, and for the windows of Zstandard. One file may ask for 128 MiB, and a thousand may be given.
final class InputMemory {
  /// How much it is: the windows of a thousand files as `zstd` packs them without options.
  static let bound = 3 << 30

  private var free: Int

  /// `bound` bytes, of which none is taken.
  init(bound: Int = InputMemory.bound) {
    free = bound
  }

  /// Takes `count` bytes; false where so many are not left.
  func take(_ count: Int) -> Bool {
    guard count <= free else { return false }
    free -= count
    return true
  }

  /// Gives back bytes that were taken.
  func giveBack(_ count: Int) {
    free += count
  }
}
