import Glibc

/// A thread of the system that runs one closure.
struct BackgroundThread {
  private final class Body {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
  }

  private let handle: pthread_t

  /// Starts it; nil where the system has no thread to give.
  init?(_ run: @escaping () -> Void) {
    let body = unsafe Unmanaged.passRetained(Body(run))
    var handle = pthread_t()
    let status = unsafe pthread_create(
      &handle, nil,
      { argument in
        if let argument = unsafe argument {
          unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
        }
        return nil
      }, body.toOpaque())
    guard status == 0 else {
      unsafe body.release()
      return nil
    }
    self.handle = handle
  }

  /// Waits for its end.
  func join() { _ = pthread_join(handle, nil) }
}
