/// Tells whether the user asked to end the input (SIGINT). Called where reading waits and was woken by a signal: the
/// handler of which must be installed without `SA_RESTART`.
public typealias CaptureInterruption = @Sendable () -> Bool
