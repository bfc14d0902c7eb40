import CaptureFacts

/// A moment or none, in eight bytes: what is kept by the hundred thousand.
@propertyWrapper
struct MomentIfAny {
  // The least value is no moment of a capture.
  private var nanoseconds = Int64.min

  init() {}

  var wrappedValue: Timestamp? {
    get { nanoseconds == .min ? nil : Timestamp(nanoseconds: nanoseconds) }
    set { nanoseconds = newValue?.nanoseconds ?? .min }
  }
}
