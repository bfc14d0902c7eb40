/// Why a file of node names cannot be used.
public struct NodeNamesFailure: Error, Hashable, Sendable {
  /// What is wrong with a line.
  public enum Reason: Hashable, Sendable {
    /// The first word is no address.
    case address(String)
    /// Nothing stands behind the address.
    case name
    /// The third word is no role.
    case role(String)
    /// A fourth word.
    case rest(String)
    /// A quotation mark without its other.
    case quotation
    /// More nodes than can be named.
    case tooMany
  }

  /// The file.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// What is wrong.
  public var reason: Reason

  /// The sentence for a person.
  public var description: String {
    let words =
      switch reason {
      case .address(let word): "\(word) is not an address, nor an address with a port ([...] around IPv6)"
      case .name: "a name is missing behind the address"
      case .role(let word):
        "\(word) is not a role; roles are " + NodeRole.allCases.map(\.name).joined(separator: ", ")
      case .rest(let word): "\(word) stands behind the role; a name with spaces needs quotation marks"
      case .quotation: "a quotation mark is not closed"
      case .tooMany: "more than \(NodeNames.mostRows) nodes"
      }
    return "\(file):\(line): \(words)"
  }
}
