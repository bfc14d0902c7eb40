import ByteReading
import SIPMessages

/// Reads a session description for a report: never a key.
struct SDPDecoding {
  let message: SIPMessage

  func fields(of description: SessionDescription) -> [DecodedField] {
    var fields: [DecodedField] = []
    var origin: [DecodedField] = []
    origin.add("username", message.text(description.origin.username))
    origin.add("session_id", message.text(description.origin.sessionID))
    origin.add("session_version", message.text(description.origin.sessionVersion))
    origin.add("address", message.text(description.origin.address))
    fields.add("origin", origin)
    fields.add("name", message.text(description.name))
    fields.add("address", message.text(description.address))
    fields.add("bandwidths", list: description.bandwidths.map(bandwidth))
    fields.add("media", list: description.media.map { .object(medium($0)) })
    if description.unreadLines > 0 { fields.add("unread_lines", description.unreadLines) }
    return fields
  }

  private func medium(_ medium: SDPMedia) -> [DecodedField] {
    var fields: [DecodedField] = []
    fields.add("type", message.text(medium.typeText))
    fields.add("port", medium.port)
    fields.add("protocol", message.text(medium.protocolName))
    fields.add("address", message.text(medium.address))
    fields.add("direction", medium.direction.name)
    fields.add("formats", list: medium.formats.map { .object(format($0)) })
    fields.add("packet_time_ms", medium.packetTime)
    fields.add("maximum_packet_time_ms", medium.maximumPacketTime)
    fields.add("bandwidths", list: medium.bandwidths.map(bandwidth))
    fields.add("preconditions", list: medium.preconditions.map { .object(precondition($0)) })
    fields.add("control_port", medium.controlPort)
    fields.add("identification", message.text(medium.identification))
    fields.add("label", message.text(medium.label))
    fields.add("message_path", message.text(medium.messagePath))
    fields.add("multiplexes_control", ifTrue: medium.multiplexesControl)
    fields.add("crypto", ifTrue: medium.hasCrypto)
    fields.add("ice", ifTrue: medium.hasICE)
    fields.add("dtls", ifTrue: medium.hasDTLS)
    fields.add("t38", ifTrue: medium.isT38)
    fields.add("refused", ifTrue: medium.isRefused)
    return fields
  }

  private func format(_ format: SDPFormat) -> [DecodedField] {
    var fields: [DecodedField] = []
    fields.add("format", message.text(format.text))
    let codec = format.codec(in: message.span)
    fields.add("encoding", codec?.name)
    fields.add("clock_rate", codec?.clockRate)
    fields.add("channels", format.channels)
    fields.add("parameters", message.text(format.parameters))
    return fields
  }

  private func bandwidth(_ bandwidth: SDPBandwidth) -> DecodedField.Value {
    var fields: [DecodedField] = []
    fields.add("modifier", message.text(bandwidth.modifier))
    fields.add("value", bandwidth.value)
    return .object(fields)
  }

  private func precondition(_ precondition: SDPPrecondition) -> [DecodedField] {
    var fields: [DecodedField] = []
    fields.add("kind", precondition.kind.name)
    fields.add("type", message.text(precondition.type))
    fields.add("strength", message.text(precondition.strength))
    fields.add("status", message.text(precondition.status))
    fields.add("direction", message.text(precondition.direction))
    return fields
  }
}

extension SDPPrecondition.Kind {
  fileprivate var name: String {
    switch self {
    case .current: "current"
    case .desired: "desired"
    case .confirm: "confirm"
    }
  }
}
