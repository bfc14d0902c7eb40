/// The tables of records in a page.
enum PageTable {
  /// One of them.
  enum Kind: String, CaseIterable {
    case registrations, calls, messaging
  }

  /// How a value is shown and compared.
  enum Form: String {
    /// Microseconds since the first frame.
    case time
    /// Milliseconds.
    case duration
    case number, text, id, identity, outcome
  }

  struct Column {
    var title: String
    var form: Form
  }

  static func columns(of kind: Kind) -> [Column] {
    switch kind {
    case .registrations:
      [
        Column(title: "time", form: .time), Column(title: "id", form: .id), Column(title: "identity", form: .identity),
        Column(title: "kind", form: .text), Column(title: "outcome", form: .outcome),
        Column(title: "code", form: .number), Column(title: "took", form: .duration),
        Column(title: "cause", form: .text),
      ]
    case .calls:
      [
        Column(title: "time", form: .time), Column(title: "id", form: .id), Column(title: "caller", form: .identity),
        Column(title: "callee", form: .identity), Column(title: "outcome", form: .outcome),
        Column(title: "code", form: .number), Column(title: "rang", form: .duration),
        Column(title: "answered", form: .duration), Column(title: "talk", form: .duration),
        Column(title: "cause", form: .text),
      ]
    case .messaging:
      [
        Column(title: "time", form: .time), Column(title: "id", form: .id), Column(title: "method", form: .text),
        Column(title: "event", form: .text), Column(title: "from", form: .identity),
        Column(title: "to", form: .identity), Column(title: "outcome", form: .outcome),
        Column(title: "code", form: .number),
      ]
    }
  }
}
