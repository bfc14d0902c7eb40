extension CallSession.File {
  /// Reads a selector: `name:"a picture.jpg" type:image/jpeg size:4092 hash:sha-1:72:24:...` (RFC 5547 section 6). A quote
  /// within a name is escaped as `%22`.
  init(selector: String) {
    var rest = selector[...]
    while let colon = rest.firstIndex(of: ":") {
      let name = rest[..<colon]
      var value = rest[rest.index(after: colon)...]
      if value.first == "\"" {
        value = value.dropFirst()
        let end = value.firstIndex(of: "\"") ?? value.endIndex
        rest = end < value.endIndex ? value[value.index(after: end)...] : value[end...]
        value = value[..<end]
      } else {
        let end = value.firstIndex(of: " ") ?? value.endIndex
        rest = value[end...]
        value = value[..<end]
      }
      rest = rest.drop { $0 == " " }
      switch name {
      case "name": self.name = String(value)
      case "type": type = String(value)
      case "size": size = UInt64(value)
      default: break
      }
    }
  }
}
