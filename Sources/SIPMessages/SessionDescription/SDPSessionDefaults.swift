import ByteReading

/// What the lines before the first medium say for all media (RFC 8866 section 5).
struct SDPSessionDefaults {
  var address = ByteRange()
  var direction = SDPDirection.sendReceive
  var hasICE = false
  var hasDTLS = false
}
