/// The chunks that mean something here; all others are passed over by their length (RFC 9260 section 3.2).
enum SCTPChunkType: UInt8 {
  case data = 0
  case initiation = 1
  case initiationAcknowledgment = 2
  case heartbeat = 4
  case heartbeatAcknowledgment = 5
  case abort = 6
  case shutdown = 7
  case cookieEcho = 10
  case cookieAcknowledgment = 11
  case shutdownComplete = 14
  /// RFC 8260 section 2.1.
  case interleavedData = 64
  /// RFC 5061 section 4.1.1.
  case addressConfiguration = 0xc1
  /// RFC 3758 section 3.2.
  case forwardTSN = 0xc0
  /// RFC 8260 section 2.3.1.
  case interleavedForwardTSN = 0xc2

  /// The length of the fixed part, with the chunk header.
  var fixedLength: Int {
    switch self {
    case .data: 16
    case .interleavedData, .initiation, .initiationAcknowledgment: 20
    case .shutdown, .addressConfiguration, .forwardTSN, .interleavedForwardTSN: 8
    case .heartbeat, .heartbeatAcknowledgment, .abort, .cookieEcho, .cookieAcknowledgment, .shutdownComplete: 4
    }
  }
}
