/// Why a file of security associations cannot be used. Says where, and never what a key is.
public struct SecurityAssociationFileFailure: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Reason: Hashable, Sendable {
    /// The system does not let it be read; its words.
    case unreadable(String)
    /// It is longer than such a file can be.
    case tooLong
    /// It does not have eight fields, each in quotation marks, with commas between.
    case fields
    /// The protocol is none of IPv4, IPv6 and Any.
    case networkProtocol
    /// The SPI is neither a number nor digits with wildcards.
    case spi
    /// The encryption algorithm is not known.
    case encryption
    /// The authentication algorithm is not known.
    case authentication
    /// The encryption key is no key of its algorithm.
    case encryptionKey
    /// The authentication key is no key of its algorithm.
    case authenticationKey
    /// Sequence numbers of 64 bits.
    case sequenceNumbers
    /// More lines than are kept.
    case tooMany
  }

  /// What is wrong.
  public var reason: Reason
  /// The line, from 1; 0 for the file.
  public var line: Int

  /// The sentence for a person.
  public var description: String {
    let words =
      switch reason {
      case .unreadable(let words): words
      case .tooLong: "too long for a file of security associations"
      case .fields: "not the eight quoted fields of a security association"
      case .networkProtocol: "the protocol is not IPv4, IPv6 or Any"
      case .spi: "the SPI is not a number, nor digits with *"
      case .encryption: "unknown encryption algorithm"
      case .authentication: "unknown authentication algorithm"
      case .encryptionKey: "the encryption key does not fit its algorithm"
      case .authenticationKey: "the authentication key does not fit its algorithm"
      case .sequenceNumbers: "sequence numbers of 64 bits are not supported"
      case .tooMany: "too many security associations"
      }
    return line == 0 ? words : "line \(line): \(words)"
  }
}
