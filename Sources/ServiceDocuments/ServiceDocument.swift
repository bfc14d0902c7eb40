import ByteReading

/// A body of a message or the content of an AVP, read for what it says: outside of the packet path, where somebody asks.
public struct ServiceDocument: Hashable, Sendable {
  /// What it says, by kind.
  public enum Content: Hashable, Sendable {
    /// The service profile of Cx (TS 29.228 annex E).
    case serviceSubscription(ServiceSubscription)
    /// Registration state (RFC 3680).
    case registrationInformation(RegistrationInformation)
    /// Presence, with location (RFC 3863, RFC 4480, RFC 4119).
    case presence(PresenceInformation)
    /// Conference state (RFC 4575).
    case conference(ConferenceInformation)
    /// Dialog state (RFC 4235).
    case dialogs(DialogInformation)
    /// Lists of URIs (RFC 4826).
    case resourceLists(ResourceLists)
    /// The document of the IMS itself (TS 24.229 section 7.6).
    case ims(IMSInformation)
    /// Messages waiting (RFC 3842).
    case messageSummary(MessageSummary)
    /// A part of a SIP message (RFC 3420).
    case fragment(SIPFragment)
    /// SMS over IP (TS 24.011, TS 23.040).
    case shortMessage(ShortMessageTransfer)
    /// An instant message with headers of its own (RFC 3862).
    case commonPresenceMessage(CommonPresenceMessage)
    /// ISUP (RFC 3204).
    case isup(ISUPMessage)
    /// XML whose root is called so, which is not known here.
    case unknownXML(root: String)
    /// Anything else.
    case unknown
  }

  /// What it says.
  public var content: Content
  /// What kept it from being read to its end; nil where nothing did.
  public var flaw: DocumentFlaw?
  /// The number of its bytes.
  public var length: Int

  /// Reads a body. `contentType` is the value of Content-Type; its parameters are passed over. What is XML goes by the
  /// name of its root, for a type such as `application/xml` says nothing.
  public init(contentType: String, bytes: RawSpan) {
    length = bytes.byteCount
    content = .unknown
    let type = contentType.prefix { $0 != ";" && $0 != " " && $0 != "\t" }.lowercased()
    guard bytes.byteCount > 0 else {
      flaw = .empty
      return
    }
    switch type {
    case "application/vnd.3gpp.sms":
      let message = ShortMessageTransfer(parsing: bytes)
      content = .shortMessage(message)
      flaw = message.flaw
    case "application/simple-message-summary": content = .messageSummary(MessageSummary(parsing: bytes))
    case "message/sipfrag": content = .fragment(SIPFragment(parsing: bytes))
    case "message/cpim": content = .commonPresenceMessage(CommonPresenceMessage(parsing: bytes))
    case "application/isup": content = .isup(ISUPMessage(parsing: bytes))
    default:
      if type.hasSuffix("+xml") || type.hasSuffix("/xml") { readXML(bytes, type: type) }
    }
  }

  /// Reads User-Data of Cx (TS 29.229 section 6.3.7).
  public init(userData bytes: RawSpan) {
    self.init(contentType: "application/xml", bytes: bytes)
  }

  private mutating func readXML(_ bytes: RawSpan, type: String) {
    let document = XMLDocument(parsing: bytes)
    flaw = document.flaw
    guard let root = document.root else { return }
    content = ServiceDocument.readers[root.name]?(root) ?? .unknownXML(root: root.name)
    if flaw == nil, case .unknownXML = content, ServiceDocument.readTypes.contains(type) { flaw = .otherDocument }
  }

  /// What reads the documents, by the names of their roots.
  private static let readers: [String: @Sendable (XMLElement) -> Content] = [
    "IMSSubscription": { .serviceSubscription(ServiceSubscription($0)) },
    "reginfo": { .registrationInformation(RegistrationInformation($0)) },
    "presence": { .presence(PresenceInformation($0)) },
    "conference-info": { .conference(ConferenceInformation($0)) },
    "dialog-info": { .dialogs(DialogInformation($0)) },
    "resource-lists": { .resourceLists(ResourceLists($0)) },
    "ims-3gpp": { .ims(IMSInformation($0)) },
  ]

  /// The content types whose documents are read.
  private static let readTypes: Set = [
    "application/reginfo+xml", "application/pidf+xml", "application/conference-info+xml",
    "application/dialog-info+xml", "application/resource-lists+xml", "application/3gpp-ims+xml",
  ]
}
