/// What the HSS tells an S-CSCF about a user: the element `IMSSubscription` of User-Data over Cx (TS 29.228 annexes B and
/// E, TS 29.229 section 6.3.7).
public struct ServiceSubscription: Hashable, Sendable {
  /// The private identity; nil for the profile of a public service identity may have none that is known.
  public var privateIdentity: String?
  /// The IMSI, where the extension of release 13 gives it.
  public var imsi: String?
  /// The profiles, in their order. The public identities of one document are one implicit registration set.
  public var profiles: [ServiceProfile] = []

  init(_ root: XMLElement) {
    privateIdentity = root.text(of: "PrivateID")
    imsi = root.extended("IMSI").first?.text
    profiles = root.children("ServiceProfile").map { ServiceProfile($0) }
  }

  /// The public identities that are neither wildcards nor barred.
  public var usableIdentities: [String] {
    profiles.flatMap(\.publicIdentities).filter { !$0.isBarred && !$0.isWildcarded }.map(\.identity)
  }

  /// Replaces `mark`, which stands in place of every identity, by the identities themselves: the private one, then the
  /// public ones, in the order of the document. False, and nothing is replaced, where marks and identities do not fit.
  public mutating func replaceMarks(_ mark: String, by identities: [String]) -> Bool {
    let isMarked = privateIdentity == mark
    let marked = profiles.reduce(0) { count, profile in
      count + profile.publicIdentities.count { $0.identity == mark }
    }
    guard marked + (isMarked ? 1 : 0) == identities.count else { return false }
    var next = identities.startIndex
    if isMarked {
      privateIdentity = identities[next]
      next += 1
    }
    for profile in profiles.indices {
      for place in profiles[profile].publicIdentities.indices
      where profiles[profile].publicIdentities[place].identity == mark {
        profiles[profile].publicIdentities[place].identity = identities[next]
        next += 1
      }
    }
    return true
  }

  /// For reports.
  public var fields: DocumentFields {
    var fields = DocumentFields()
    fields.add("private_identity", privateIdentity)
    fields.add("imsi", imsi)
    // The public identities of one document are registered together (TS 29.228 section 6.1.2.1).
    fields.add("implicit_registration_set", profiles.flatMap(\.publicIdentities).map(\.identity))
    fields.add("profiles", profiles.map(\.fields))
    return fields
  }
}

extension XMLElement {
  /// The elements of this name in the element itself and in the chain of its extensions: what later releases added lies
  /// in an `Extension` inside the `Extension` of the release before (TS 29.228 annex E), and some senders leave out a
  /// link of the chain.
  func extended(_ name: String) -> [XMLElement] {
    children(name) + children("Extension").flatMap { $0.extended(name) }
  }
}
