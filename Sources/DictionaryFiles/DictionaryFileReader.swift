import ByteReading
import CLibXML2
import DiameterMessages

/// Follows the events of libxml2 through a dictionary file. A class because C calls back into it.
///
/// Nothing is fetched and nothing is expanded: entities are never defined, so that the files that Wireshark includes by
/// them are passed over, with a warning each.
@safe
final class DictionaryFileReader {
  /// What the user should be told.
  private(set) var warnings: [String] = []

  private let path: String
  private var failure: DictionaryFileFailure?
  private var elements = DictionaryElements()
  private var context: xmlParserCtxtPtr?

  /// libxml2 asks to be set up once before several threads use it.
  private static let isSetUp: Void = xmlInitParser()

  init(path: String) {
    self.path = path
  }

  /// What the file defines.
  func read(_ bytes: [UInt8]) throws(DictionaryFileFailure) -> DiameterDictionary {
    DictionaryFileReader.isSetUp
    var handler = unsafe DictionaryFileReader.handler
    let myself = unsafe Unmanaged.passUnretained(self).toOpaque()
    guard let context = unsafe xmlCreatePushParserCtxt(&handler, myself, nil, 0, nil) else {
      throw DictionaryFileFailure(path: path, line: nil, message: "XML cannot be read")
    }
    unsafe self.context = context
    defer {
      unsafe self.context = nil
      unsafe xmlFreeParserCtxt(context)
    }
    // Recovery lets the reading go on behind an entity that is not defined; every other error ends it all the same.
    let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOWARNING.rawValue | XML_PARSE_RECOVER.rawValue
    _ = unsafe xmlCtxtUseOptions(context, Int32(options))
    _ = unsafe DictionaryFileReader.document(of: bytes).withUnsafeBytes { buffer in
      unsafe xmlParseChunk(context, buffer.bindMemory(to: CChar.self).baseAddress, Int32(buffer.count), 1)
    }
    if let failure { throw failure }
    guard elements.isDictionary else {
      throw DictionaryFileFailure(path: path, line: 1, message: "nothing that a dictionary defines is in it")
    }
    do throws(DictionaryElements.Problem) {
      return try elements.joined()
    } catch {
      throw DictionaryFileFailure(path: path, line: error.line, message: error.message)
    }
  }

  /// A document with one `dictionary`: the file itself, or, for a part that Wireshark includes in its own, that part inside
  /// of one. Lines keep their numbers.
  private static func document(of bytes: [UInt8]) -> [UInt8] {
    let span = bytes.rawSpan
    guard span.firstOffset(of: "<dictionary", in: 0..<bytes.count) == nil else { return bytes }
    var start = 0
    if span.hasBytes("<?xml"), let end = span.firstOffset(of: "?>", in: 0..<bytes.count) { start = end + 2 }
    let lines = bytes[..<start].filter { $0 == UInt8(ascii: "\n") }
    return Array("<dictionary>".utf8) + lines + bytes[start...] + Array("</dictionary>".utf8)
  }

  /// The line that is being read, from 1.
  private var line: Int {
    guard let context = unsafe context, let input = unsafe context.pointee.input else { return 1 }
    return unsafe Int(input.pointee.line)
  }

  private func stop(_ message: String, line: Int) {
    if failure == nil { failure = DictionaryFileFailure(path: path, line: line, message: message) }
    if let context = unsafe context { unsafe xmlStopParser(context) }
  }

  private func begin(_ name: String, _ attributes: [String: String]) {
    guard failure == nil else { return }
    do throws(DictionaryElements.Problem) {
      try elements.begin(name, attributes, line: line)
    } catch {
      stop(error.message, line: error.line)
    }
  }

  private func end(_ name: String) {
    if failure == nil { elements.end(name) }
  }

  private func pass(over entity: String) {
    warnings.append("\(path):\(line): &\(entity); is passed over: files that a dictionary includes are not read")
  }

  private func take(error code: Int32, _ message: String, line: Int) {
    let isEntity = [XML_ERR_UNDECLARED_ENTITY, XML_WAR_UNDECLARED_ENTITY].contains {
      $0.rawValue == UInt32(bitPattern: code)
    }
    if !isEntity { stop("no XML: " + message, line: line) }
  }

  // MARK: - Calls from C

  /// The callbacks; those that are not set are not called. Without `entityDecl` no entity ever has a value, without
  /// `externalSubset` and `resolveEntity` nothing outside is asked for.
  private static var handler: xmlSAXHandler {
    var handler = unsafe xmlSAXHandler()
    unsafe handler.initialized = XML_SAX2_MAGIC
    unsafe handler.getEntity = { context, name in
      if let reader = unsafe DictionaryFileReader.of(context) {
        unsafe reader.pass(over: String(zeroTerminated: name))
      }
      return nil
    }
    unsafe handler.startElementNs = { context, name, _, _, _, _, count, _, attributes in
      guard let reader = unsafe DictionaryFileReader.of(context) else { return }
      var values: [String: String] = [:]
      if let attributes = unsafe attributes {
        for index in 0..<max(0, Int(count)) {
          // Five pointers for each: name, prefix, namespace, begin and end of the value.
          let place = unsafe attributes + index * 5
          unsafe values[String(zeroTerminated: place[0])] = unsafe String(from: place[3], to: place[4])
        }
      }
      unsafe reader.begin(String(zeroTerminated: name), values)
    }
    unsafe handler.endElementNs = { context, name, _, _ in
      unsafe DictionaryFileReader.of(context)?.end(String(zeroTerminated: name))
    }
    unsafe handler.serror = { context, error in
      guard let error = unsafe error, let reader = unsafe DictionaryFileReader.of(context) else { return }
      let message = unsafe String(cString: error.pointee.message)
      unsafe reader.take(
        error: error.pointee.code, message.split(separator: "\n").first.map(String.init) ?? "",
        line: Int(error.pointee.line))
    }
    return unsafe handler
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> DictionaryFileReader? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<DictionaryFileReader>.fromOpaque(context).takeUnretainedValue()
  }
}
