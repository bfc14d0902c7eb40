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

  /// For reports.
  public var fields: DocumentFields {
    var fields = DocumentFields()
    fields.add("private_identity", privateIdentity)
    fields.add("imsi", imsi)
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
