import CaptureFacts

/// Frame numbers as a person looks them up: the number itself with one input, `file:frame` inside its file with several.
struct FrameText {
  private let fileNames: [String]

  init(_ capture: CaptureSummary) {
    self.init(inputs: capture.files.map(\.name))
  }

  init(inputs: [String]) {
    fileNames = inputs.map { String($0.split(separator: "/").last ?? "") }
  }

  func text(_ frame: FrameReference) -> String {
    guard fileNames.count > 1, Int(frame.file) < fileNames.count else { return String(frame.number) }
    return fileNames[Int(frame.file)] + ":" + String(frame.numberInFile)
  }
}
