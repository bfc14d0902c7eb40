import CaptureFacts

/// An SDP body being composed (RFC 8866).
struct SessionDescription {
  var address: IPAddress
  var port: UInt16
  var session: UInt32
  var version = 1
  /// The address in `o=`, where it is not the one for media.
  var origin: IPAddress?
  /// The codec of speech.
  var format = MediaFormat.alaw
  /// SRTP with a key in the description (RFC 4568).
  var suite: MediaProtection.Suite?
  /// The same with its key.
  var protection: MediaProtection? { suite.map { MediaProtection($0, of: address) } }
  var hasVideo = false
  /// Messages or a file over MSRP, instead of audio.
  var messages: Messages?
  /// `sendrecv`, `sendonly`, `recvonly` or `inactive` (RFC 3264 section 5.1).
  var direction = "sendrecv"
  /// The state of the quality-of-service preconditions (RFC 3312), nil where there are none.
  var isLocalQualityReady: Bool?

  /// A session of MSRP (RFC 4975).
  enum Messages {
    /// Messages between people.
    case text
    /// A file (RFC 5547), by its selector.
    case file(selector: String)
  }

  /// The body.
  var text: String {
    let family = address.isV4 ? "IP4" : "IP6"
    var lines = [
      "v=0", "o=- \(session) \(version) IN \(family) \(origin ?? address)", "s=-", "c=IN \(family) \(address)", "t=0 0",
      "m=audio \(port) RTP/\(suite == nil ? "AVP" : "SAVP") \(format.payloadType) 101",
    ]
    lines += format.lines + ["a=rtpmap:101 telephone-event/8000", "a=ptime:20", "a=\(direction)"]
    if let protection { lines.append(protection.attribute) }
    if let messages { lines = messageLines(messages, family: family) }
    if let isLocalQualityReady {
      lines += [
        "a=curr:qos local \(isLocalQualityReady ? "sendrecv" : "none")", "a=curr:qos remote none",
        "a=des:qos mandatory local sendrecv", "a=des:qos mandatory remote sendrecv",
      ]
    }
    if hasVideo {
      lines += ["m=video \(port + 2) RTP/AVP 104", "a=rtpmap:104 H264/90000", "a=\(direction)"]
    }
    return lines.joined(separator: "\r\n") + "\r\n"
  }

  private func messageLines(_ messages: Messages, family: String) -> [String] {
    var lines = [
      "v=0", "o=- \(session) \(version) IN \(family) \(origin ?? address)", "s=-", "c=IN \(family) \(address)", "t=0 0",
      "m=message \(port) TCP/MSRP *", "a=accept-types:message/cpim text/plain",
      "a=path:msrp://\(address):\(port)/s\(session);tcp", "a=\(direction)",
    ]
    if case .file(let selector) = messages {
      lines += ["a=file-selector:\(selector)", "a=file-transfer-id:f\(session)", "a=file-disposition:attachment"]
    }
    return lines
  }
}
