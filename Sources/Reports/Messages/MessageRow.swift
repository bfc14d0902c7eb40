import CaptureFacts
import SubscriberTimelines

/// One message as a line, rendered, with marks where the names of nodes will stand.
///
/// A row waits in a spool for the end of the capture, when it is known who the nodes are. No cell holds a control
/// character, so these part the cells.
struct MessageRow {
  /// Ends a cell.
  static let cellEnd: UInt8 = 0x1f
  /// Ends the cells; lines of detail follow.
  static let rowEnd: UInt8 = 0x1e
  /// Ends the lines of detail.
  static let detailEnd: UInt8 = 0x1d

  /// The cells of a row that was read back.
  struct Cells {
    /// In the order of the columns.
    var cells: [String]

    init(_ bytes: ArraySlice<UInt8>) {
      cells = bytes.split(separator: MessageRow.cellEnd, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// The columns of a line for a person.
  static let textColumns: [TableColumn<Cells>] = [
    column("frame", 0, .right), column("time", 1), column("from", 2), column("to", 3), column("by", 4),
    column("protocol", 5), column("message", 6), column("cseq", 7), column("call or session", 8),
    column("identities", 9), column("seen", 10),
  ]

  /// The columns of a line for a program.
  static let valueKeys = [
    "frame", "file", "frame_in_file", "time", "source", "destination", "from", "to", "from_roles", "to_roles",
    "transport", "protocol", "interface", "method", "status", "result_name", "cseq", "call_id", "session_id",
    "identities", "repetition",
  ]

  private static func column(
    _ title: String, _ place: Int, _ alignment: TableColumn<Cells>.Alignment = .left
  ) -> TableColumn<Cells> {
    TableColumn(title, nil, alignment) { row, _ in place < row.cells.count ? row.cells[place] : nil }
  }

  /// What was rendered.
  var bytes: [UInt8] = []
  private var cellCount = 0

  /// Adds the cells of a line for a person.
  mutating func add<Message>(
    _ line: MessageLine, _ observed: Observed<Message>, _ sighting: MessageSighting, inputs: [String]
  ) {
    let frame = observed.frame
    add(FrameText(inputs: inputs).text(frame))
    cell { $0.appendTimeOfDay(CivilTime(observed.time), fractionDigits: 9) }
    add(sighting.from, observed.flow.source)
    add(sighting.to, observed.flow.destination)
    add(observed.flow.transport.name)
    add(line.protocolName)
    add(line.summary)
    add(line.cseq)
    add(line.callID.isEmpty ? line.sessionID : line.callID)
    add(line.identities.joined(separator: " "))
    add(MessageRow.text(of: sighting.repetition))
  }

  /// Adds the cells of a line for a program, as `valueKeys` names them.
  mutating func addValues<Message>(
    _ line: MessageLine, _ observed: Observed<Message>, _ sighting: MessageSighting, inputs: [String]
  ) {
    let frame = observed.frame
    add(String(frame.number))
    add(Int(frame.file) < inputs.count ? inputs[Int(frame.file)] : "")
    add(String(frame.numberInFile))
    cell { $0.appendTime(observed.time) }
    add(observed.flow.source.description)
    add(observed.flow.destination.description)
    for mark in [HandleMark.node, HandleMark.roleWord] {
      cell { HandleMark.append(mark, sighting.from.index, to: &$0) }
      cell { HandleMark.append(mark, sighting.to.index, to: &$0) }
    }
    add(observed.flow.transport.name)
    add(line.protocolName)
    add(line.interface)
    add(line.method)
    add(line.status)
    add(line.statusName)
    add(line.cseq)
    add(line.callID)
    add(line.sessionID)
    add(line.identities.joined(separator: " "))
    add(MessageRow.text(of: sighting.repetition))
  }

  /// Ends the cells.
  mutating func end() {
    bytes.append(MessageRow.rowEnd)
  }

  /// Ends the lines of detail.
  mutating func endDetail() {
    bytes.append(MessageRow.detailEnd)
  }

  private mutating func add(_ node: NodeHandle, _ endpoint: Endpoint) {
    cell { bytes in
      HandleMark.append(HandleMark.roleWord, node.index, to: &bytes)
      bytes.append(contentsOf: (" " + endpoint.description).utf8)
    }
  }

  private mutating func add(_ text: String) {
    cell { $0.append(contentsOf: TerminalText.harmless(text).utf8) }
  }

  private mutating func cell(_ write: (inout [UInt8]) -> Void) {
    if cellCount > 0 { bytes.append(MessageRow.cellEnd) }
    cellCount += 1
    write(&bytes)
  }

  private static func text(of repetition: MessageSighting.Repetition) -> String {
    switch repetition {
    case .none: ""
    case .copy: "copy"
    case .retransmission: "retransmission"
    }
  }
}
