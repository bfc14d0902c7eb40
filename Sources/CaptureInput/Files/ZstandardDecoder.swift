import CLibzstd

/// Unpacks Zstandard (RFC 8878), frame after frame. The window is bounded by the library's default of 128 MiB, those of all
/// inputs together by `InputMemory`.
@safe
struct ZstandardDecoder: ~Copyable {
  private let stream: OpaquePointer?

  /// Starts at the header of a frame.
  init() {
    unsafe stream = ZSTD_createDStream()
  }

  deinit {
    unsafe ZSTD_freeDStream(stream)
  }

  /// How much memory it has, most of it the window that the last frame asked for.
  var memory: Int { unsafe ZSTD_sizeof_DStream(stream) }

  /// Unpacks as much of `packed` as fits into `room`.
  mutating func decode(_ packed: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer) -> DecodedPart {
    var source = unsafe ZSTD_inBuffer(src: packed.baseAddress, size: packed.count, pos: 0)
    var target = unsafe ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
    let hint = unsafe ZSTD_decompressStream(stream, &target, &source)
    let state: DecodedPart.State = ZSTD_isError(hint) != 0 ? .corrupt : hint == 0 ? .betweenMembers : .inside
    return unsafe DecodedPart(consumed: source.pos, produced: target.pos, state: state)
  }
}
