import SubscriberTimelines

/// Writes rendered records to files of their own, and the entries of the index that name them. Lines come in pairs: what
/// the index says of a record, beginning with its id, and the record.
struct RecordFiles {
  /// Lines that wait; the last may be cut.
  var waiting: [UInt8] = []
  /// Why nothing more can be written.
  private(set) var failure: ReportOutputFailure?

  private let folder: OutputFolder
  private let index: ReportOutput
  private var folders: Set<String> = []
  private var isFirst = true

  init(folder: OutputFolder, index: ReportOutput) {
    self.folder = folder
    self.index = index
  }

  /// Writes the pairs of lines that are whole.
  mutating func writeWhole() {
    var start = 0
    while let entryEnd = waiting[start...].firstIndex(of: UInt8(ascii: "\n")),
      let end = waiting[(entryEnd + 1)...].firstIndex(of: UInt8(ascii: "\n"))
    {
      if failure == nil {
        do throws(ReportOutputFailure) {
          try write(Array(waiting[(entryEnd + 1)...end]), waiting[start..<entryEnd])
        } catch {
          failure = error
        }
      }
      start = end + 1
    }
    waiting.removeSubrange(..<start)
  }

  private mutating func write(_ record: [UInt8], _ entry: ArraySlice<UInt8>) throws(ReportOutputFailure) {
    // {"id":"call-0123456789abcdef"
    let begin = entry.startIndex + #"{"id":""#.utf8.count
    let end = entry[begin...].firstIndex(of: UInt8(ascii: "\"")) ?? entry.endIndex
    let id = String(decoding: entry[begin..<end], as: UTF8.self)
    guard let kind = RecordIdentifier.Kind(rawValue: String(id.prefix { $0 != "-" })) else { return }
    if folders.insert(kind.folderName).inserted { try folder.makeFolder(kind.folderName) }
    // Two records share an id where two of a kind begin with the same Call-ID and tag at the same time.
    var name = "\(kind.folderName)/\(id).json"
    var number = 2
    while folder.holds(name) {
      name = "\(kind.folderName)/\(id)-\(number).json"
      number += 1
    }
    let file = try folder.open(name)
    file.write(record)
    try file.complete()
    let head = #"{"id":"\#(id)","kind":"\#(kind.typeName)","file":"\#(name)""#
    index.write(Array(((isFirst ? "" : ",\n") + head).utf8) + entry[(end + 1)...])
    isFirst = false
    if let failure = index.failure { throw failure }
  }
}

extension RecordIdentifier.Kind {
  /// The `type` of its objects.
  var typeName: String {
    switch self {
    case .registration: "registration"
    case .call: "call"
    case .messaging: "messaging"
    case .subscriber: "subscriber"
    }
  }

  /// The folder of its files in an export.
  var folderName: String {
    switch self {
    case .registration: "registrations"
    case .call: "calls"
    case .messaging: "messaging"
    case .subscriber: "subscribers"
    }
  }
}
