import ByteReading
import CaptureFacts
import DiameterMessages
import SIPMessages

/// Reads a stream line by line; nothing is kept of the lines before.
public final class CorrelationStreamReader {
  /// The stream as the user named it.
  public let name: String
  /// The inputs that it was made of.
  public private(set) var files: [String] = []
  /// Whether it ended with its trailer; false while it is read, and where it was cut.
  public private(set) var isComplete = false
  /// The lines so far.
  public private(set) var lineCount: UInt64 = 0

  private let input: LineInput
  private let parser = LineParser()
  private var reading: UInt64 = 0
  private var isBehindFrames = false

  /// Opens a stream and reads its header; `-` is standard input.
  public init(path: String) throws(CorrelationStreamFailure) {
    name = path == "-" ? "standard input" : path
    do throws(LineInput.SystemRefusal) {
      input = try LineInput(path: path)
    } catch {
      throw CorrelationStreamFailure(input: path, line: 0, message: "cannot be opened: \(error.text)")
    }
    guard let line = try nextLine() else {
      throw CorrelationStreamFailure(
        input: name, line: 0, message: "holds no stream; messages --for-correlation writes one")
    }
    do throws(StreamObject.Flaw) {
      files = try parser.read(line) { (header) throws(StreamObject.Flaw) in
        guard try header.textIfAny("type") == "header", let version = try header.textIfAny("schema_version") else {
          throw StreamObject.Flaw(message: "is no header of a stream; messages --for-correlation writes one")
        }
        guard CorrelationStreamVersion.isReadable(version) else {
          throw StreamObject.Flaw(
            message: "the stream is of version \(version); \(CorrelationStreamVersion.current) can be read")
        }
        return try header.texts("files")
      }
    } catch {
      throw failure(error.message)
    }
  }

  /// The next line; nil at the end. A last line without its end, which no writer left so, is passed over: then the stream
  /// is not complete.
  public func next() throws(CorrelationStreamFailure) -> CorrelationLine? {
    guard let line = try nextLine() else { return nil }
    guard !isComplete else { throw failure("there is a line behind the trailer") }
    let read: CorrelationLine
    do throws(StreamObject.Flaw) {
      read = try parser.read(line) { (object) throws(StreamObject.Flaw) in try CorrelationLine(object) }
    } catch {
      throw failure(error.message)
    }
    guard read.reading >= reading else {
      throw failure("frame \(read.reading) after frame \(reading): the lines are out of order")
    }
    reading = read.reading
    switch read.content {
    case .end:
      guard !isBehindFrames else { throw failure("the frames end twice") }
      isBehindFrames = true
    case .trailer:
      guard isBehindFrames else { throw failure("the trailer stands before the end of the frames") }
      isComplete = true
    default: break
    }
    return read
  }

  private func nextLine() throws(CorrelationStreamFailure) -> ArraySlice<UInt8>? {
    switch input.next() {
    case .line(let range):
      lineCount += 1
      return input.buffer[range]
    case .rest, .end: return nil
    case .tooLong:
      lineCount += 1
      throw failure("is longer than any that is written")
    case .refused(let code):
      throw CorrelationStreamFailure(
        input: name, line: 0, message: "cannot be read: \(LineInput.SystemRefusal(code: code).text)")
    }
  }

  private func failure(_ message: String) -> CorrelationStreamFailure {
    CorrelationStreamFailure(input: name, line: lineCount, message: message)
  }
}
