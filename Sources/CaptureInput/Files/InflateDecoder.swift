import CZlib

/// Unpacks gzip (RFC 1952), member after member.
@safe
struct InflateDecoder: ~Copyable {
  /// zlib keeps a pointer back to its stream, so that the stream must not move.
  private let stream: UnsafeMutablePointer<z_stream>

  /// Starts at the header of a member.
  init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 15: the largest window; 16: a gzip header is expected.
    unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Unpacks as much of `packed` as fits into `room`.
  mutating func decode(_ packed: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer) -> DecodedPart {
    unsafe stream.pointee.next_in = UnsafeMutablePointer(
      mutating: packed.baseAddress?.assumingMemoryBound(to: Bytef.self))
    unsafe stream.pointee.avail_in = UInt32(clamping: packed.count)
    unsafe stream.pointee.next_out = room.baseAddress?.assumingMemoryBound(to: Bytef.self)
    unsafe stream.pointee.avail_out = UInt32(clamping: room.count)
    let verdict = unsafe inflate(stream, Z_NO_FLUSH)
    let consumed = unsafe packed.count - Int(stream.pointee.avail_in)
    let produced = unsafe room.count - Int(stream.pointee.avail_out)
    switch verdict {
    case Z_OK, Z_BUF_ERROR: return DecodedPart(consumed: consumed, produced: produced, state: .inside)
    case Z_STREAM_END:
      unsafe inflateReset(stream)
      return DecodedPart(consumed: consumed, produced: produced, state: .betweenMembers)
    default: return DecodedPart(consumed: consumed, produced: produced, state: .corrupt)
    }
  }
}
