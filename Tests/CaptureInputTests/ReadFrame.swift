import ByteReading
import CaptureFacts
import CaptureInput

/// A frame that was read, kept.
struct ReadFrame: Hashable {
  var number: UInt64 = 0
  var file: UInt32 = 0
  var numberInFile: UInt32 = 0
  var time: Int64 = 0
  var interface: UInt32 = 0
  var linkType: UInt32 = 0
  var originalLength: UInt32 = 0
  var bytes: [UInt8] = []

  init(_ frame: borrowing CapturedFrame) {
    number = frame.reference.number
    file = frame.reference.file
    numberInFile = frame.reference.numberInFile
    time = frame.time.nanoseconds
    interface = frame.interface
    linkType = frame.linkType.rawValue
    originalLength = frame.originalLength
    bytes = frame.bytes.copied(0..<frame.bytes.byteCount)
  }

  init(time: Int64, linkType: UInt32, originalLength: UInt32, bytes: [UInt8]) {
    self.time = time
    self.linkType = linkType
    self.originalLength = originalLength
    self.bytes = bytes
  }

  /// What does not depend on where the frame was found.
  var content: ReadFrame {
    ReadFrame(time: time, linkType: linkType, originalLength: originalLength, bytes: bytes)
  }
}

extension MergedCapture {
  /// Reads all that is left.
  mutating func readAll() -> [ReadFrame] {
    var frames: [ReadFrame] = []
    while advance() { frames.append(ReadFrame(frame)) }
    return frames
  }
}
