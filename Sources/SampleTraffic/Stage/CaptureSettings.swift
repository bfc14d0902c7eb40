import CaptureFacts

/// How the packets of a scenario are captured.
struct CaptureSettings {
  /// One point of capture: the packets from or to some addresses, with a clock of its own.
  struct Tap {
    /// The addresses whose packets pass here; empty means all.
    var addresses: Set<IPAddress> = []
    /// Nanoseconds by which the clock of this tap is ahead.
    var clockOffset: Int64 = 0
  }

  var link = LinkEncapsulation.ethernet
  var tunnel: PacketTunnel?
  /// What is protected between UEs and the P-CSCF.
  var protections: [AccessProtection] = []
  /// One file is written for each.
  var taps = [Tap()]
  /// Whether each frame is captured twice within 1 ms, as two mirror ports do.
  var hasCopies = false
}
