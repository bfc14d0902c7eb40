import SubscriberTimelines

/// What the timelines call the messages that streams delivered last.
struct RecentTickets {
  /// How many are kept: a few times those that `RecentMessages` asks for, for it counts the messages of streams alone,
  /// and here those that a capture format took out of a stream count, too.
  static let capacity = 4096

  private var tickets: [(number: MessageNumber, ticket: MessageTicket)?] = []

  /// Keeps the ticket of a message.
  mutating func note(_ ticket: MessageTicket?, of number: MessageNumber?) {
    guard let number else { return }
    let place = Int(number.value % UInt64(RecentTickets.capacity))
    while tickets.count <= place { tickets.append(nil) }
    tickets[place] = ticket.map { (number, $0) }
  }

  /// The ticket of a message; nil where it has none, or is too long ago.
  func ticket(of number: MessageNumber) -> MessageTicket? {
    let place = Int(number.value % UInt64(RecentTickets.capacity))
    guard place < tickets.count, let entry = tickets[place], entry.number == number else { return nil }
    return entry.ticket
  }
}
