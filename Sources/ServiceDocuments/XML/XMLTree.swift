import ByteReading
import CLibXML2

/// Grows the tree of a document from the events of libxml2. A class because C calls back into it.
@safe
final class XMLTree {
  private(set) var root: XMLElement?
  private(set) var flaw: DocumentFlaw?

  /// The elements that are open, the outermost first.
  private var open: [XMLElement] = []
  private var elements = 0
  private var attributes = 0
  private var context: xmlParserCtxtPtr?

  /// libxml2 asks to be set up once before several threads use it.
  private static let isSetUp: Void = xmlInitParser()

  /// Reads a document that is not empty.
  func read(_ bytes: RawSpan) {
    XMLTree.isSetUp
    var handler = unsafe XMLTree.handler
    let myself = unsafe Unmanaged.passUnretained(self).toOpaque()
    guard let context = unsafe xmlCreatePushParserCtxt(&handler, myself, nil, 0, nil) else {
      flaw = .notWellFormed
      return
    }
    unsafe self.context = context
    defer {
      unsafe self.context = nil
      unsafe xmlFreeParserCtxt(context)
    }
    let options =
      XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
      | XML_PARSE_IGNORE_ENC.rawValue
    _ = unsafe xmlCtxtUseOptions(context, Int32(options))
    let result = unsafe bytes.withUnsafeBytes { buffer in
      unsafe xmlParseChunk(context, buffer.bindMemory(to: CChar.self).baseAddress, Int32(buffer.count), 1)
    }
    if flaw == nil, result != 0 { flaw = open.isEmpty && root != nil ? .notWellFormed : XMLTree.flaw(result) }
    while !open.isEmpty { end() }
  }

  private static func flaw(_ error: Int32) -> DocumentFlaw {
    let early = [XML_ERR_DOCUMENT_END, XML_ERR_TAG_NOT_FINISHED, XML_ERR_DOCUMENT_EMPTY].contains {
      $0.rawValue == UInt32(bitPattern: error)
    }
    return early ? .truncated : .notWellFormed
  }

  /// Ends the reading because of `flaw`.
  private func stop(_ flaw: DocumentFlaw) {
    self.flaw = self.flaw ?? flaw
    if let context = unsafe context { unsafe xmlStopParser(context) }
  }

  // MARK: - Events

  private func begin(_ element: XMLElement) {
    guard flaw == nil else { return }
    elements += 1
    attributes += element.attributes.count
    if open.count >= XMLLimits.depth { return stop(.nestedTooDeep) }
    if elements > XMLLimits.elements || attributes > XMLLimits.attributes { return stop(.tooManyElements) }
    open.append(element)
  }

  private func take(_ text: String) {
    guard flaw == nil, !open.isEmpty else { return }
    open[open.count - 1].text += text
  }

  private func end() {
    guard var element = open.popLast() else { return }
    element.text = XMLTree.trimmed(element.text)
    if open.isEmpty { root = root ?? element } else { open[open.count - 1].children.append(element) }
  }

  private static func trimmed(_ text: String) -> String {
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0a || $0 == 0x0d }
    let utf8 = text.utf8
    guard let first = utf8.firstIndex(where: { !isSpace($0) }), let last = utf8.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(text[first...last])
  }

  // MARK: - Calls from C

  /// The callbacks; those that are not set are not called. Without `getEntity` only predefined entities have a value,
  /// without `externalSubset` and `resolveEntity` nothing outside is asked for.
  private static var handler: xmlSAXHandler {
    var handler = unsafe xmlSAXHandler()
    unsafe handler.initialized = XML_SAX2_MAGIC
    unsafe handler.internalSubset = { context, _, _, _ in
      unsafe XMLTree.of(context)?.stop(.documentTypeDeclared)
    }
    unsafe handler.startElementNs = { context, name, _, namespace, _, _, count, _, attributes in
      guard let tree = unsafe XMLTree.of(context), tree.flaw == nil else { return }
      var element = unsafe XMLElement(name: String(zeroTerminated: name), namespace: String(zeroTerminated: namespace))
      if let attributes = unsafe attributes {
        for index in 0..<max(0, Int(count)) where index < XMLLimits.attributes {
          // Five pointers for each: name, prefix, namespace, begin and end of the value.
          let place = unsafe attributes + index * 5
          unsafe element.attributes.append(
            XMLElement.Attribute(name: String(zeroTerminated: place[0]), value: String(from: place[3], to: place[4])))
        }
      }
      tree.begin(element)
    }
    unsafe handler.endElementNs = { context, _, _, _ in
      guard let tree = unsafe XMLTree.of(context), tree.flaw == nil else { return }
      tree.end()
    }
    let take: charactersSAXFunc = { context, characters, count in
      guard let characters = unsafe characters, count > 0 else { return }
      unsafe XMLTree.of(context)?.take(String(from: characters, to: characters + Int(count)))
    }
    unsafe handler.characters = take
    unsafe handler.ignorableWhitespace = take
    unsafe handler.cdataBlock = take
    return unsafe handler
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> XMLTree? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<XMLTree>.fromOpaque(context).takeUnretainedValue()
  }
}
