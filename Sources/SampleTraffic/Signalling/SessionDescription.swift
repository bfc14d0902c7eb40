import CaptureFacts

/// An SDP body being composed (RFC 8866).
struct SessionDescription {
  var address: IPAddress
  var port: UInt16
  var session: UInt32
  var version = 1
  /// The address in `o=`, where it is not the one for media.
  var origin: IPAddress?
  var hasVideo = false
  /// `sendrecv`, `sendonly`, `recvonly` or `inactive` (RFC 3264 section 5.1).
  var direction = "sendrecv"
  /// The state of the quality-of-service preconditions (RFC 3312), nil where there are none.
  var isLocalQualityReady: Bool?

  /// The body.
  var text: String {
    let family = address.isV4 ? "IP4" : "IP6"
    var lines = [
      "v=0", "o=- \(session) \(version) IN \(family) \(origin ?? address)", "s=-", "c=IN \(family) \(address)", "t=0 0",
      "m=audio \(port) RTP/AVP 8 101", "a=rtpmap:8 PCMA/8000", "a=rtpmap:101 telephone-event/8000",
      "a=ptime:20", "a=\(direction)",
    ]
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
}
