import ByteReading
import ServiceDocuments

/// Reads service profiles, where a report asks for them, each distinct content once.
public struct ServiceProfileCache {
  /// How many contents are kept read: real networks have some tens.
  static let kept = 256

  /// A content that was read.
  private struct Content {
    let document: ServiceDocument
    /// Its filter criteria, where it has just one profile and all that is not known of it are identities in their places.
    var commonCriteria: [InitialFilterCriteria]?
  }

  private var read: [UInt32: Content] = [:]

  /// Nothing read yet.
  public init() {}

  /// The service profile of a subscriber as the HSS described it last; nil where it did not, or what it sent is none.
  public mutating func profile(of subscriber: Subscriber, in directory: SubscriberDirectory) -> ServiceDocument? {
    subscriber.serviceProfile.flatMap { profile($0, in: directory) }
  }

  /// The profile that a reference names, its identities in place.
  mutating func profile(_ reference: ServiceProfileReference, in directory: SubscriberDirectory) -> ServiceDocument? {
    guard let content = directory.content(of: reference) else { return nil }
    let identities = reference.identities.split(
      separator: ServiceProfileStore.separator, omittingEmptySubsequences: false
    )
    .dropLast()
    var document = read[reference.content]?.document ?? ServiceDocument(userData: content.rawSpan)
    if read[reference.content] == nil {
      if read.count >= ServiceProfileCache.kept { read.removeAll() }
      read[reference.content] = Content(document: document)
    }
    guard case .serviceSubscription(var subscription) = document.content else { return document }
    let texts = identities.map { ServiceProfileCache.unescaped(String(decoding: $0, as: UTF8.self)) }
    if subscription.replaceMarks(String(decoding: ServiceProfileStore.mark, as: UTF8.self), by: texts) {
      document.content = .serviceSubscription(subscription)
      if subscription.profiles.count == 1 {
        read[reference.content]?.commonCriteria = subscription.profiles[0].filterCriteria
      }
      return document
    }
    // Marks at places that the profile does not know: the whole is read as it was.
    return ServiceDocument(userData: ServiceProfileCache.whole(content, identities: Array(identities)).rawSpan)
  }

  /// The filter criteria that a profile has for each of its identities, where it was read before and has one part alone:
  /// whoever the subscriber is, they are the same.
  func commonCriteria(_ reference: ServiceProfileReference) -> [InitialFilterCriteria]? {
    read[reference.content]?.commonCriteria
  }

  /// The content with its identities in place again.
  private static func whole(_ content: [UInt8], identities: [ArraySlice<UInt8>]) -> [UInt8] {
    let mark = ServiceProfileStore.mark
    var whole: [UInt8] = []
    var next = 0
    var offset = 0
    while offset < content.count {
      if content[offset] == mark[0], content.count - offset >= mark.count, next < identities.count,
        content[offset + 1] == mark[1], content[offset + 2] == mark[2]
      {
        whole += identities[next]
        next += 1
        offset += mark.count
      } else {
        whole.append(content[offset])
        offset += 1
      }
    }
    return whole
  }

  /// A text with the predefined references of XML replaced (XML 1.0 section 4.6).
  private static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    return [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
      .reduce(text) { $0.replacing($1.0, with: $1.1) }
  }
}
