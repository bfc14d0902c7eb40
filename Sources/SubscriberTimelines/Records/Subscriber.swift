/// A subscriber: the union of the private and public identities that the capture ties together.
public struct Subscriber: Sendable {
  /// Its name.
  public var id: RecordIdentifier
  /// Ids that records emitted earlier use for the same subscriber.
  public var mergedIDs: [RecordIdentifier]
  /// Private identities.
  public var privateIdentities: [String]
  /// Public identities.
  public var publicIdentities: [String]
  /// Its registrations, in order of time.
  public var registrations: [RecordIdentifier]
  /// Its calls, as caller or callee, in order of time.
  public var calls: [RecordIdentifier]
  /// Its messages and subscriptions, in order of time.
  public var messaging: [RecordIdentifier]
  /// Diameter exchanges about it that belong to no record.
  public var diameter: [DiameterExchange]
  /// Contacts it registered.
  public var contacts: [String]
  /// How it was reached over time: access, cell, visited network, device; one for each change.
  public var accesses: [SubscriberAccess] = []
  /// Its contacts over the whole capture, in the order in which they were registered.
  public var bindings: [SubscriberBinding] = []
  /// The S-CSCF it was last assigned.
  public var servingCSCF: String?
  /// The profile that the HSS sent last (User-Data of SAA or PPR); `ServiceProfileCache` reads it.
  public var serviceProfile: ServiceProfileReference?
}
