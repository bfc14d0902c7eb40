import ByteReading
import CaptureFacts
import SIPMessages

/// Reads the values of header fields for a report, by the form of the header; secrets that were not asked for are masked.
struct SIPHeaderDecoding {
  let message: SIPMessage
  let shownSecrets: Set<SecretKind>

  /// The decoded values of a field; none where its text says it all.
  func values(of field: SIPHeaderField) -> [DecodedField.Value] {
    let form = SIPHeaderForm(field.name)
    guard field.name != .other else { return [] }
    if case .text = form, !field.name.isList { return [] }
    let elements = field.name.isList ? message.elements(of: field) : [field.value]
    return elements.compactMap { value(of: $0, form) }
  }

  private func value(of element: ByteRange, _ form: SIPHeaderForm) -> DecodedField.Value? {
    switch form {
    case .text: return .text(message.unquotedText(element))
    case .number: return message.number(in: element).map { .number(Int64(clamping: $0)) }
    case .address: return .object(address(SIPNameAddress(parsing: message.span, in: element)))
    case .parameters: return .object(parameterized(element))
    case .credentials: return .object(credentials(element))
    case .via: return .object(via(element))
    case .cseq: return .object(commandSequence(element))
    case .rack: return SIPRAck(parsing: message.span, in: element).map { .object(acknowledgement($0)) }
    case .warning: return SIPWarning(parsing: message.span, in: element).map { .object(warning($0)) }
    case .retryAfter: return .object(retryAfter(SIPRetryAfter(parsing: message.span, in: element)))
    }
  }

  private func address(_ address: SIPNameAddress) -> [DecodedField] {
    var fields: [DecodedField] = []
    fields.add("display_name", message.unquotedText(address.displayName))
    fields.add("uri", message.unfoldedText(address.uri))
    fields += uri(address.uri)
    fields.add("parameters", parameters(message.parameters(in: address.parameters)))
    return fields
  }

  /// The parts of a URI; none for one of a scheme that has no such parts.
  func uri(_ range: ByteRange) -> [DecodedField] {
    let uri = message.uri(range)
    var fields: [DecodedField] = []
    fields.add("scheme", message.text(uri.schemeText).lowercased())
    guard uri.scheme != .other else { return fields }
    fields.add("user", message.text(uri.user))
    fields.add("host", message.text(uri.host))
    fields.add("port", uri.port)
    fields.add("uri_parameters", parameters(message.parameters(in: uri.parameters)))
    fields.add("uri_headers", message.text(uri.headers))
    return fields
  }

  /// Parameters by their names in lower case; of one that is repeated each value. One without a value is true.
  private func parameters(_ parameters: [SIPParameter]) -> [DecodedField] {
    var fields: [DecodedField] = []
    for parameter in parameters {
      let key = parameter.name.lowercased()
      let value: DecodedField.Value = parameter.value.map { .text($0) } ?? .flag(true)
      if let place = fields.firstIndex(where: { $0.key == key }) {
        if case .list(let values) = fields[place].value {
          fields[place].value = .list(values + [value])
        } else {
          fields[place].value = .list([fields[place].value, value])
        }
      } else {
        fields.append(DecodedField(key: key, value: value))
      }
    }
    return fields
  }

  private func parameterized(_ range: ByteRange) -> [DecodedField] {
    let (head, parameters) = message.headAndParameters(in: range)
    var fields: [DecodedField] = []
    fields.add("value", message.unquotedText(head))
    fields.add("parameters", self.parameters(parameters))
    return fields
  }

  private func credentials(_ range: ByteRange) -> [DecodedField] {
    var (scheme, parameters) = message.schemeAndParameters(in: range)
    for index in parameters.indices where parameters[index].value?.isEmpty == false {
      if let kind = SIPMessage.secretKind(ofParameter: parameters[index].name), !shownSecrets.contains(kind) {
        parameters[index].value = DecodedSecret.mask
      }
    }
    var fields: [DecodedField] = []
    fields.add("scheme", message.text(scheme))
    fields.add("parameters", self.parameters(parameters))
    return fields
  }

  private func via(_ range: ByteRange) -> [DecodedField] {
    let via = SIPVia(parsing: message.span, in: range)
    var fields: [DecodedField] = []
    fields.add("transport", message.text(via.transport))
    fields.add("host", message.text(via.sentByHost))
    fields.add("port", via.sentByPort)
    fields.add("branch", message.text(via.branch))
    fields.add("parameters", parameters(message.parameters(in: via.parameters)))
    return fields
  }

  private func commandSequence(_ range: ByteRange) -> [DecodedField] {
    let words = message.unfoldedText(range).split(whereSeparator: \.isWhitespace)
    var fields: [DecodedField] = []
    fields.add("number", message.number(in: range))
    if words.count > 1 { fields.add("method", words[1...].joined(separator: " ")) }
    return fields
  }

  private func acknowledgement(_ acknowledgement: SIPRAck) -> [DecodedField] {
    var fields: [DecodedField] = []
    fields.add("rseq", acknowledgement.responseNumber)
    fields.add("cseq", acknowledgement.cseqNumber)
    fields.add("method", message.text(acknowledgement.methodText))
    return fields
  }

  private func warning(_ warning: SIPWarning) -> [DecodedField] {
    var fields: [DecodedField] = []
    fields.add("code", warning.code)
    fields.add("agent", message.text(warning.agent))
    fields.add("text", message.unquotedText(warning.text))
    return fields
  }

  private func retryAfter(_ value: SIPRetryAfter) -> [DecodedField] {
    var fields: [DecodedField] = []
    fields.add("seconds", value.seconds)
    fields.add("comment", message.text(value.comment))
    fields.add("duration", value.duration)
    return fields
  }
}
