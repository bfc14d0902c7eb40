extension CallSession {
  /// Reads a selector: `name:"a picture.jpg" type:image/jpeg size:4092 hash:sha-1:72:24:...` (RFC 5547 section 6). A quote
  /// within a name is escaped as `%22`.
  static func file(selector: String) -> File {
    var file = File()
    var rest = selector[...]
    while let colon = rest.firstIndex(of: ":") {
      let name = rest[..<colon]
      var value = rest[rest.index(after: colon)...]
      let isQuoted = value.first == "\""
      if isQuoted { value = value.dropFirst() }
      let end = value.firstIndex(of: isQuoted ? "\"" : " ") ?? value.endIndex
      rest = value[end...].drop { $0 == "\"" || $0 == " " }
      value = value[..<end]
      switch name {
      case "name": file.name = String(value)
      case "type": file.type = String(value)
      case "size": file.size = UInt64(value)
      default: break
      }
    }
    return file
  }
}
