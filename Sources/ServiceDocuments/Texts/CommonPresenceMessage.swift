import ByteReading

/// An instant message with headers of its own (CPIM, RFC 3862 section 2, `message/cpim`): what RCS and MSRP carry. Its
/// text is a secret; only its length is kept.
public struct CommonPresenceMessage: Hashable, Sendable {
  /// Who wrote it.
  public var from: String?
  /// Whom it is for.
  public var to: [String] = []
  /// When it was written.
  public var dateTime: String?
  /// Its identifier, for disposition notifications (RFC 5438 section 6.3).
  public var messageID: String?
  /// Which notifications are wanted (RFC 5438 section 6.4).
  public var dispositionNotification: String?
  /// The content type of what it holds.
  public var contentType: String?
  /// The number of bytes of what it holds.
  public var contentLength = 0

  /// The most recipients that are kept.
  private static let mostRecipients = 64

  init(parsing bytes: RawSpan) {
    var lines = TextLines(bytes)
    var isInner = false
    while let line = lines.next() {
      if line.isEmpty {
        // The message headers end here, then those of the content (RFC 3862 section 2.1).
        if isInner { break }
        isInner = true
        continue
      }
      guard let (name, value) = TextLines.field(bytes.text(in: line)) else { continue }
      // A name may have the prefix of a namespace, as in `imdn.Message-ID` (RFC 3862 section 2.6).
      switch name.split(separator: ".").last.map({ $0.lowercased() }) ?? "" {
      case "from": from = value
      case "to", "cc": if to.count < CommonPresenceMessage.mostRecipients { to.append(value) }
      case "datetime": dateTime = value
      case "message-id": messageID = value
      case "disposition-notification": dispositionNotification = value
      case "content-type": contentType = value
      default: break
      }
    }
    contentLength = bytes.byteCount - lines.offset
  }

  /// For reports.
  public var fields: DocumentFields {
    var fields = DocumentFields()
    fields.add("from", from)
    fields.add("to", to)
    fields.add("date_time", dateTime)
    fields.add("message_id", messageID)
    fields.add("disposition_notification", dispositionNotification)
    fields.add("content_type", contentType)
    fields.add("content_length", contentLength)
    return fields
  }
}
