import Glibc

/// Why a report could not be written.
public enum ReportOutputFailure: Error, Hashable, Sendable {
  /// The reader of the pipe went away: the end of the run, but nothing to complain of.
  case closedPipe
  /// The output could not be opened, written or completed.
  case cannotWrite(output: String, code: Int32)
  /// Records that wait for the end of the report could not be kept in a temporary file.
  case cannotKeepRecords(directory: String, code: Int32)
  /// The folder is there already, and is one that may be replaced or not.
  case folderExists(output: String, isReplaceable: Bool)
}

extension ReportOutputFailure: CustomStringConvertible {
  /// The line for standard error.
  public var description: String {
    switch self {
    case .closedPipe: "standard output: closed by its reader"
    case .cannotWrite(let output, let code): "\(output): cannot write: \(systemErrorText(code))"
    case .cannotKeepRecords(let directory, let code):
      "\(directory): cannot keep a temporary file there: \(systemErrorText(code)) (TMPDIR names another folder)"
    case .folderExists(let output, true): "\(output): exists already; name another folder, or give --replace"
    case .folderExists(let output, false): "\(output): exists and holds no export; name another folder"
    }
  }
}

private func systemErrorText(_ code: Int32) -> String {
  guard let text = unsafe strerror(code) else { return "error \(code)" }
  return unsafe String(cString: text)
}
