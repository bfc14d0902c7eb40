import ByteReading
import CaptureFacts

/// An object of a line that was read, with its members by name.
struct StreamObject {
  /// A member is missing, or is not what it should be.
  struct Flaw: Error {
    var message: String
  }

  private let value: StreamValue

  /// Takes a value as an object; nil where it is none.
  init?(_ value: StreamValue) {
    guard value.isObject else { return nil }
    self.value = value
  }

  /// What `read` makes of a member; nil where there is none, and a flaw where it makes nothing of it.
  private func member<Result>(
    _ key: String, _ kind: String, _ read: (StreamValue) -> Result?
  ) throws(Flaw) -> Result? {
    guard let member = value.member(key) else { return nil }
    guard let result = read(member) else { throw Flaw(message: "\(key) is no \(kind)") }
    return result
  }

  private func required<Result>(_ key: String, _ result: Result?) throws(Flaw) -> Result {
    guard let result else { throw Flaw(message: "\(key) is missing") }
    return result
  }

  // MARK: - Values

  func numberIfAny<Number: FixedWidthInteger>(
    _ key: String, as type: Number.Type = Number.self
  ) throws(Flaw) -> Number? {
    try member(key, "number of its range") { $0.integer(as: type) }
  }

  func number<Number: FixedWidthInteger>(_ key: String, as type: Number.Type = Number.self) throws(Flaw) -> Number {
    try required(key, numberIfAny(key, as: type))
  }

  func flag(_ key: String) throws(Flaw) -> Bool {
    try required(key, member(key, "flag") { $0.flag })
  }

  func textIfAny(_ key: String) throws(Flaw) -> String? {
    try member(key, "text") { $0.string }
  }

  func text(_ key: String) throws(Flaw) -> String {
    try required(key, textIfAny(key))
  }

  /// The bytes of a message: `text`, or `base64`.
  func messageBytes() throws(Flaw) -> [UInt8] {
    if let bytes = try member("text", "text", { $0.bytes }) { return bytes }
    return try required("base64", member("base64", "base64") { $0.bytes.flatMap { Base64.bytes(of: $0) } })
  }

  func timeIfAny(_ key: String) throws(Flaw) -> Timestamp? {
    try member(key, "time") { $0.string.flatMap { Timestamp(written: $0) } }
  }

  func time(_ key: String) throws(Flaw) -> Timestamp {
    try required(key, timeIfAny(key))
  }

  func address(_ key: String) throws(Flaw) -> IPAddress {
    try required(key, member(key, "address") { $0.string.flatMap { IPAddress($0) } })
  }

  func endpoint(_ key: String) throws(Flaw) -> Endpoint {
    try required(key, member(key, "address with a port") { $0.string.flatMap { Endpoint($0) } })
  }

  func flow() throws(Flaw) -> Flow {
    Flow(
      source: try endpoint("from"), destination: try endpoint("to"),
      transport: try required(
        "transport", member("transport", "transport") { $0.string.flatMap { TransportProtocol(name: $0) } }))
  }

  func frameIfAny(_ key: String) throws(Flaw) -> FrameReference? {
    try member(key, "frame") { $0.frame }
  }

  func frame(_ key: String) throws(Flaw) -> FrameReference {
    try required(key, frameIfAny(key))
  }

  // MARK: - Lists and objects

  /// What `read` makes of the elements of a list; none where there is no list.
  private func list<Element>(
    _ key: String, _ kind: String, _ read: (StreamValue) -> Element?
  ) throws(Flaw) -> [Element] {
    let found = try member(key, "list of \(kind)") { (value) -> [Element]? in
      guard let elements = value.elements else { return nil }
      let read = elements.compactMap(read)
      return read.count == elements.count ? read : nil
    }
    return found ?? []
  }

  func frames(_ key: String) throws(Flaw) -> [FrameReference] {
    try list(key, "frames") { $0.frame }
  }

  func texts(_ key: String) throws(Flaw) -> [String] {
    try list(key, "texts") { $0.string }
  }

  func numbers(_ key: String) throws(Flaw) -> [Int] {
    try list(key, "numbers") { $0.integer(as: Int.self) }
  }

  func addresses(_ key: String) throws(Flaw) -> [IPAddress] {
    try list(key, "addresses") { $0.string.flatMap { IPAddress($0) } }
  }

  func layers() throws(Flaw) -> LayerPath {
    var path = LayerPath()
    for layer in try list("layers", "layers", { $0.string.flatMap { LayerKind(name: $0) } }) { path.append(layer) }
    return path
  }

  func objectIfAny(_ key: String) throws(Flaw) -> StreamObject? {
    try member(key, "object") { StreamObject($0) }
  }

  func object(_ key: String) throws(Flaw) -> StreamObject {
    try required(key, objectIfAny(key))
  }

  func objects(_ key: String) throws(Flaw) -> [StreamObject] {
    try list(key, "objects") { StreamObject($0) }
  }
}
