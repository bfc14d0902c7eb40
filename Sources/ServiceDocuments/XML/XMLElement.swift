/// One element of an XML document with all that it holds: what the readers of documents walk through.
public struct XMLElement: Hashable, Sendable {
  /// One attribute.
  public struct Attribute: Hashable, Sendable {
    /// The name without its prefix.
    public var name: String
    /// The value, references replaced.
    public var value: String
  }

  /// The name without its prefix. Documents are recognised by the names of their elements: namespaces of the same
  /// document differ between releases and vendors, and Cx (TS 29.228 annex E) has none.
  public var name: String
  /// The namespace; empty where there is none.
  public var namespace: String
  /// The attributes in their order.
  public var attributes: [Attribute] = []
  /// The elements directly inside.
  public var children: [XMLElement] = []
  /// The text directly inside, without white space at its ends.
  public var text = ""

  /// The first child of this name.
  public func child(_ name: String) -> XMLElement? {
    children.first { $0.name == name }
  }

  /// The children of this name.
  public func children(_ name: String) -> [XMLElement] {
    children.filter { $0.name == name }
  }

  /// The text of the first child of this name; nil where there is none or it is empty.
  public func text(of name: String) -> String? {
    child(name).flatMap { $0.text.isEmpty ? nil : $0.text }
  }

  /// The number that the first child of this name is; nil where there is none or it is no number.
  public func number<Number: FixedWidthInteger>(of name: String) -> Number? {
    text(of: name).flatMap { Number($0) }
  }

  /// The value of the attribute of this name; nil where there is none.
  public func attribute(_ name: String) -> String? {
    attributes.first { $0.name == name }?.value
  }

  /// The number that the attribute of this name is; nil where there is none or it is no number.
  public func number<Number: FixedWidthInteger>(attribute name: String) -> Number? {
    attribute(name).flatMap { Number($0) }
  }

  /// This element and all inside it, in the order of the document.
  func descendants(_ name: String) -> [XMLElement] {
    children.flatMap { ($0.name == name ? [$0] : []) + $0.descendants(name) }
  }
}
