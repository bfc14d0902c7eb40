import ByteReading
import CLibXML2
import CaptureAnalysis
import CaptureInput
import Reports
import SubscriberTimelines

extension EntryPoint {
  static let reports = [
    // Each record is a message, put into a datagram, a segment or a chunk of data. Written is what people read of them and
    // what they export: the length chooses the form, and what is chosen in it.
    EntryPoint("reports", .messages) { bytes in
      let file = SignallingCapture.file(of: bytes)
      write(ScratchFile(file.rawSpan), bytes.byteCount)
    }
  ]

  /// Expressions that ask for each word of the display filter, of records and of messages.
  private static let filters = [
    "failed || emergency || kind == call", "subscriber == 15550001 && !(outcome == accepted)",
    "call_id contains a || id contains c || cause contains e", "node contains 10. || role == hss || interface == Cx",
    "ip == 10.0.0.0/8 && port > 1000 && protocol == udp", "method == INVITE || status >= 300 || result >= 3000",
    "time > 0 && result != DIAMETER_SUCCESS",
  ]

  private static let tables: [ReportSection] = [.registrations, .calls, .messaging, .media, .nodes, .subscribers]

  /// Analyses the input into one of the forms that the pipeline's entry points do not write, and holds that to what it
  /// promises.
  private static func write(_ input: ScratchFile, _ choice: Int) {
    let options = options(for: input)
    let variant = choice / 10
    let style = TerminalStyle(width: 40 + variant % 90, drawsBoxes: variant % 2 == 0)
    let section = tables[variant % tables.count]
    let columns = RowOrder.columns(of: section)
    let column = variant / tables.count % (columns.count + 1)
    let order = column < columns.count ? RowOrder((variant % 2 == 0 ? "-" : "") + columns[column]) : nil
    switch choice % 10 {
    case 0:
      expectText(run(options) { TerminalOverview(output: $0, style: style, limit: variant % 7) })
    case 1:
      let filter = filter(variant)
      expectText(run(options) { FilteredReport(TerminalOverview(output: $0, style: style), filter, interval: 1 << 30) })
    case 2:
      expectText(run(options) { TerminalTable(output: $0, section: section, style: style, order: order) })
    case 3:
      expectText(run(options) { CSVReport(output: $0, section: section, order: order) }, isTable: true)
    case 4:
      expectPage(of: input, EmbeddedMessages.allCases[variant % EmbeddedMessages.allCases.count])
    case 5:
      expectText(run(options) { MessageReport(output: $0, form: .text(style), detail: .full) })
    case 6:
      expectMessages(of: input, filter(variant))
    case 7 where variant % 4 == 0: expectFolder(of: input)
    case 7: expectPackets(of: input)
    default: showOne(of: input, variant, style)
    }
  }

  private static func filter(_ variant: Int) -> DisplayFilter {
    do {
      return try DisplayFilter(filters[variant % filters.count])
    } catch {
      fail("\(error)")
    }
  }

  // MARK: - Ladders

  /// Shows one of what the capture holds.
  private static func showOne(of input: ScratchFile, _ variant: Int, _ style: TerminalStyle) {
    let options = options(for: input)
    var list = RecordList()
    guard analysis(options, into: &list), !list.ids.isEmpty else { return }
    let query = list.ids[variant % list.ids.count].description
    let form: ShowReport.Format = [.text(style), .json, .svg, .mermaid][variant / 3 % 4]
    var selection: Set<RecordIdentifier>?
    for _ in 0..<2 {
      let output = ScratchFile()
      guard let target = try? ReportOutput(path: output.path, whenComplete: false) else { fail("no output") }
      var report = ShowReport(
        query: query, selection: selection, output: target, format: form, showsAll: variant % 2 == 0)
      guard analysis(options, into: &report) else { fail("what was read cannot be read again") }
      switch report.answer {
      case .shown:
        let text = output.bytes()
        switch form {
        case .json: expectJSON(text[...])
        case .svg: expectXML(text)
        case .text, .mermaid, .ids: expectText(text)
        }
        return
      case .missing(let ids): selection = ids
      case .notOne, .several: return
      case .nothing: fail("\(query) is listed and not found")
      }
    }
    fail("\(query) stays missing")
  }

  // MARK: - Folders

  /// A file for each record, and all tables.
  private static func expectFolder(of input: ScratchFile) {
    let folder = ScratchFolder()
    do {
      var report = try ExportReport(try OutputFolder(folder.path, replaces: false), tables: true)
      guard analysis(options(for: input), into: &report) else { return }
      for path in folder.files {
        let bytes = ScratchFile.bytes(of: path)
        if path.hasSuffix(".json") { expectJSON(bytes[...]) }
        if path.hasSuffix(".csv") { expectText(bytes, isTable: true) }
      }
    } catch {
      fail("\(error)")
    }
  }

  // MARK: - Two passes

  private static func expectPage(of input: ScratchFile, _ messages: EmbeddedMessages) {
    var selection = HTMLSelection(messages)
    guard analysis(options(for: input), into: &selection) else { return }
    let text = run(options(for: input)) { HTMLReport(output: $0, selection: selection) }
    expectText(text)
    let end = Array("</html>\n".utf8)
    if let text, !text.suffix(end.count).elementsEqual(end) { fail("the page does not end") }
  }

  /// The messages that a filter selects, which may need to know the records that they belong to.
  private static func expectMessages(of input: ScratchFile, _ filter: DisplayFilter) {
    let options = options(for: input)
    let marking: MessageMarking?
    do {
      marking = try MessageMarking(filter)
    } catch {
      fail("\(error)")
    }
    if var first = marking, !analysis(options, into: &first) { return }
    expectText(
      run(options) { MessageReport(output: $0, form: .csv, filter: filter, marking: marking) }, isTable: true)
  }

  /// The packets of all records, without their secrets.
  private static func expectPackets(of input: ScratchFile) {
    let options = options(for: input)
    var selection = PacketSelection()
    guard analysis(options, into: &selection) else { return }
    let secrets = SecretPlaces(of: selection.frames)
    let opened = OpenedPackets(of: selection.frames)
    var ignored = PacketSelection()
    guard analysis(options, into: &ignored, observer: secrets, opened: opened) else {
      fail("what was read cannot be read again")
    }
    var packets = SelectedPackets(selection, opened: opened, secrets: secrets)
    let output = ScratchFile()
    do {
      try packets.write(of: options, to: output.path) { _ in }
      var written = try MergedCapture([output.path])
      var count: UInt64 = 0
      while written.advance() { count += 1 }
      if count != packets.frameCount { fail("\(count) of \(packets.frameCount) packets were written") }
    } catch {
      fail("\(error)")
    }
  }

  // MARK: - Promises

  /// UTF-8 without anything that a terminal or an editor acts on; the lines of a table of comma-separated values end in
  /// CR LF (RFC 4180 section 2).
  private static func expectText(_ text: [UInt8]?, isTable: Bool = false) {
    guard let text else { return }
    guard let decoded = String(validating: text, as: UTF8.self) else { fail("no UTF-8") }
    for scalar in decoded.unicodeScalars {
      switch scalar.value {
      case 0x0a: break
      case 0x0d where isTable: break
      case ..<0x20, 0x7f...0x9f, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069:
        fail("the text holds the character \(scalar.value)")
      default: break
      }
    }
  }

  /// Well-formed XML.
  private static func expectXML(_ text: [UInt8]) {
    let document = text.withUnsafeBytes { bytes in
      xmlReadMemory(
        bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count), nil, nil,
        Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_HUGE.rawValue))
    }
    guard let document else { fail("no XML") }
    xmlFreeDoc(document)
  }
}
