import CaptureInput
import Reports

/// How a command ends that does not end well: the status, and the line that tells why.
struct CommandEnding: Error {
  /// What the exit status means (README).
  enum Status {
    static let found: Int32 = 1
    static let unusable: Int32 = 2
    static let unwritable: Int32 = 3
  }

  var status: Int32
  /// For standard error.
  var line: String?
  /// Lines under it that show where.
  var excerpt: [String]
  /// For standard output.
  var page: String?

  init(status: Int32, line: String? = nil, excerpt: [String] = [], page: String? = nil) {
    self.excerpt = excerpt
    self.status = status
    self.line = line
    self.page = page
  }

  /// The ending that a failure of the analysis asks for. A closed pipe is none: its reader has seen enough.
  init(failureOf error: any Error) {
    switch error {
    case let failure as CaptureInputFailure: self.init(status: Status.unusable, line: failure.description)
    case ReportOutputFailure.closedPipe: self.init(status: 0)
    case let failure as ReportOutputFailure: self.init(status: Status.unwritable, line: failure.description)
    case let failure as CaptureWriteFailure where failure.isClosedPipe: self.init(status: 0)
    case let failure as CaptureWriteFailure: self.init(status: Status.unwritable, line: failure.description)
    default: self.init(status: Status.unusable, line: String(describing: error))
    }
  }
}
