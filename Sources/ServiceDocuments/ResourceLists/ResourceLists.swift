/// Lists of URIs (RFC 4826 section 3, `application/resource-lists+xml`): whom a MESSAGE or INVITE with a URI list is for
/// (RFC 5363), which is how a conference with several is begun (TS 24.147).
public struct ResourceLists: Hashable, Sendable {
  /// One entry, with the list in which it stands.
  public struct Entry: Hashable, Sendable {
    /// The URI.
    public var uri: String
    /// The name to show.
    public var displayName: String?
    /// What the recipient is for (RFC 5364): `to`, `cc`, `bcc`.
    public var copyControl: String?
    /// The name of the list; nil where it has none.
    public var list: String?
    /// Whether the entry names another list elsewhere, which is not fetched.
    public var isReference: Bool
  }

  /// How much of the name of a list is kept with each of its entries.
  private static let listNameLength = 256

  /// The entries of all lists, in the order of the document.
  public var entries: [Entry] = []

  init(_ root: XMLElement) {
    for list in root.children("list") { collect(list, name: nil) }
  }

  private mutating func collect(_ list: XMLElement, name outer: String?) {
    // Each entry repeats the name: what is repeated so must be short.
    let name = list.attribute("name").map { String($0.prefix(ResourceLists.listNameLength)) } ?? outer
    for child in list.children {
      switch child.name {
      case "list": collect(child, name: name)
      case "entry", "entry-ref", "external":
        let uri = child.attribute("uri") ?? child.attribute("ref") ?? child.attribute("anchor")
        entries.append(
          Entry(
            uri: uri ?? "", displayName: child.text(of: "display-name"), copyControl: child.attribute("copyControl"),
            list: name, isReference: child.name != "entry"))
      default: break
      }
    }
  }

  /// For reports.
  public var fields: DocumentFields {
    var fields = DocumentFields()
    fields.add(
      "entries",
      entries.map { entry in
        var fields = DocumentFields()
        fields.add("uri", entry.uri)
        fields.add("display_name", entry.displayName)
        fields.add("copy_control", entry.copyControl)
        fields.add("list", entry.list)
        if entry.isReference { fields.add("reference", true) }
        return fields
      })
    return fields
  }
}
