import ByteReading
import CaptureFacts
import CaptureInput
import DiameterMessages
import PacketLayers
import Reports
import SIPMessages
import SubscriberTimelines

// What each layer costs for a packet, a message, an AVP: `LayerCosts FILE...`.

let inputs = Array(CommandLine.arguments.dropFirst())
let messages = try CollectedMessages.reading(inputs)
let sip = messages.sip.map(\.message)
let diameter = messages.diameter.map(\.message)
let descriptions = sip.filter { $0.sessionDescription() != nil }
let headerFields = sip.reduce(0) { $0 + $1.fields.count }
var results: [Measurement] = []

/// The frames of the inputs, to decode again and again.
struct KeptFrame {
  var bytes: [UInt8]
  var linkType: LinkType
  var reference: FrameReference
}
var frames: [KeptFrame] = []
var capture = try MergedCapture(inputs, filter: nil, isInterrupted: { false })
while capture.advance() {
  let frame = capture.frame
  frames.append(
    KeptFrame(
      bytes: frame.bytes.copied(0..<frame.bytes.byteCount), linkType: frame.linkType, reference: frame.reference))
}

/// All AVPs of a message, at every depth.
func walk(_ attributes: DiameterAttributes, _ dictionary: DiameterDictionary) -> Int {
  var count = 0
  for attribute in attributes {
    count += 1
    if dictionary.attribute(attribute.code, vendor: attribute.vendor)?.type == .grouped {
      count += walk(attributes.members(of: attribute), dictionary)
    }
  }
  return count
}
let dictionary = DiameterDictionary.standard
let topAttributes = diameter.reduce(0) { $0 + $1.attributes.reduce(0) { count, _ in count + 1 } }
let allAttributes = diameter.reduce(0) { $0 + walk($1.attributes, dictionary) }

results.append(
  Measurement.of("links, networks, transports", item: "packet", items: frames.count) {
    let decoder = PacketDecoder()
    var anomalies = AnomalyLedger()
    var packet = DecodedPacket()
    var payloads = 0
    for frame in frames {
      let isPacket = decoder.decode(
        frame.bytes.rawSpan, linkType: frame.linkType, frame: frame.reference, anomalies: &anomalies, into: &packet)
      if isPacket { payloads &+= packet.payload.count }
    }
    return payloads
  })
results.append(
  Measurement.of("SIP: recognition", item: "message", items: sip.count) {
    sip.reduce(0) { $0 + (SIPRecognition.recognise($1.bytes.rawSpan) == .certain ? 1 : 0) }
  })
results.append(
  Measurement.of("SIP: framing on a stream", item: "message", items: sip.count) {
    sip.reduce(0) {
      guard case .message(let length) = SIPStreamFraming.next(in: $1.bytes.rawSpan, resumingAt: 0) else { return $0 }
      return $0 &+ length
    }
  })
results.append(
  Measurement.of("SIP: start line and all header fields, bytes copied", item: "message", items: sip.count) {
    sip.reduce(0) { $0 &+ ((try? SIPMessage(parsing: $1.bytes.rawSpan))?.fields.count ?? 0) }
  })
results.append(
  Measurement.of("SIP: the same", item: "header field", items: headerFields) {
    sip.reduce(0) { $0 &+ ((try? SIPMessage(parsing: $1.bytes.rawSpan))?.fields.count ?? 0) }
  })
results.append(
  Measurement.of("SIP: everything that is wrong (RFC 4475)", item: "message", items: sip.count) {
    sip.reduce(0) { $0 &+ Int($1.examined().rawValue & 1) }
  })
results.append(
  Measurement.of("SIP: session description", item: "description", items: descriptions.count) {
    descriptions.reduce(0) { $0 &+ ($1.sessionDescription()?.media.count ?? 0) }
  })
results.append(
  Measurement.of("Diameter: recognition", item: "message", items: diameter.count) {
    diameter.reduce(0) { $0 + (DiameterRecognition.recognise($1.bytes.rawSpan) == .certain ? 1 : 0) }
  })
results.append(
  Measurement.of("Diameter: header and outer AVPs, bytes copied", item: "message", items: diameter.count) {
    diameter.reduce(0) { $0 &+ ((try? DiameterMessage(parsing: $1.bytes.rawSpan))?.originHost.count ?? 0) }
  })
results.append(
  Measurement.of("Diameter: the same", item: "outer AVP", items: topAttributes) {
    diameter.reduce(0) { $0 &+ ((try? DiameterMessage(parsing: $1.bytes.rawSpan))?.originHost.count ?? 0) }
  })
results.append(
  Measurement.of("Diameter: walk alone", item: "outer AVP", items: topAttributes) {
    diameter.reduce(0) { sum, message in
      var walk = DiameterAttributeWalk(over: ByteRange(DiameterHeader.byteCount, message.bytes.count))
      var codes = sum
      let bytes = message.bytes.rawSpan
      while let attribute = walk.next(in: bytes) { codes &+= Int(attribute.code) }
      return codes
    }
  })
results.append(
  Measurement.of("Diameter: every AVP at every depth as text", item: "AVP", items: allAttributes) {
    let renderer = DiameterAttributeRenderer(dictionary: dictionary)
    return diameter.reduce(0) { $0 &+ renderer.rendered($1).count }
  })
results.append(
  Measurement.of("timelines: SIP", item: "message", items: sip.count) {
    var timelines = SubscriberTimelines()
    for message in messages.sip { timelines.receive(message) }
    return Int(timelines.sipMessages)
  })
results.append(
  Measurement.of("timelines: Diameter", item: "message", items: diameter.count) {
    var timelines = SubscriberTimelines()
    for message in messages.diameter { timelines.receive(message) }
    return Int(timelines.diameterMessages)
  })
for detail in MessageDetail.allCases {
  results.append(
    Measurement.of(
      "imstrace messages, NDJSON, \(detail.rawValue)", item: "message", items: sip.count + diameter.count
    ) {
      guard let output = try? ReportOutput(path: "/dev/null", whenComplete: false), let context = messages.context,
        let sighting = messages.sighting
      else { return 0 }
      let report = MessageReport(output: output, form: .ndjson, detail: detail)
      for message in messages.sip { report.take(message, sighting, context) }
      for message in messages.diameter { report.take(message, sighting, context) }
      return 1
    })
}

print(
  "\(frames.count) packets, \(sip.count) SIP messages with \(headerFields) header fields, "
    + "\(diameter.count) Diameter messages with \(allAttributes) AVPs")
print("| layer | per | ns |")
print("|---|---|---|")
for result in results {
  let nanoseconds =
    result.nanoseconds < 100 ? "\((result.nanoseconds * 10).rounded() / 10)" : "\(Int(result.nanoseconds.rounded()))"
  print("| \(result.name) | \(result.item) | \(nanoseconds) |")
}
