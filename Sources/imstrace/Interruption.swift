import Glibc
import Synchronization

/// Ctrl-C: the first ends the capture so that the report is written, the second the process.
enum Interruption {
  private static let asked = Atomic(false)

  /// Whether the user asked to end.
  static var isAsked: Bool { asked.load(ordering: .relaxed) }

  /// Takes the signals over. Without SA_RESTART, so that waiting for packets ends with the signal.
  static func begin() {
    // Initialised before a signal can come: not inside the handler.
    _ = isAsked
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { _ in Interruption.asked.store(true, ordering: .relaxed) }
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
    // A program that starts this one may have left them blocked, and then nothing but force would end a capture.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] {
      _ = unsafe sigaction(number, &action, nil)
      unsafe sigaddset(&signals, number)
    }
    unsafe sigprocmask(SIG_UNBLOCK, &signals, nil)
  }
}
