/// What is true of one Diameter request with its answer, over all hops.
public struct ExchangeTruth: Sendable {
  /// `Cx`, `Dx`, `Sh`, `Rx` or `Base`.
  public var interface: String
  /// The command, by the name of its request.
  public var command: DiameterCommand
  /// nil where the answer never came.
  public var result: DiameterResult?
  /// The messages of the requests, hop by hop, by index.
  public var requests: [Int]
  /// The messages of the answers, hop by hop, by index.
  public var answers: [Int] = []
  /// The registration, call or service that it belongs to, nil where it belongs to none.
  public var record: String?
}
