import CaptureFacts
import Testing

@testable import CaptureAnalysis

@Suite struct MergedNumbersTests {
  @Test("one stream keeps its numbers") func one() {
    var numbers = MergedNumbers(fileCounts: [2])
    for frame in [UInt64(1), 7, 7, 300] {
      numbers.advance(0, to: frame)
      let reference = FrameReference(number: frame, file: 1, numberInFile: 3)
      #expect(numbers.merged(reference, of: 0) == reference)
    }
  }

  @Test("frames of two streams have numbers of their own, in the order of their lines") func two() {
    var numbers = MergedNumbers(fileCounts: [1, 1])
    var found: [UInt64] = []
    for (stream, frame) in [(0, UInt64(5)), (1, 2), (1, 3), (0, 9), (1, 4)] {
      numbers.advance(stream, to: frame)
      let reference = numbers.merged(FrameReference(number: frame), of: stream)
      found.append(reference.number)
      #expect(reference.file == stream && reference.numberInFile == frame)
    }
    #expect(found == [5, 7, 8, 12, 13])
    // Frames 6 to 9 of the first were read with line 9, behind three frames of the second; 5 and those before were not.
    #expect(numbers.merged(FrameReference(number: 6), of: 0).number == 9)
    #expect(numbers.merged(FrameReference(number: 5), of: 0).number == 5)
    #expect(numbers.merged(FrameReference(number: 1), of: 1).number == 6)
  }
}
