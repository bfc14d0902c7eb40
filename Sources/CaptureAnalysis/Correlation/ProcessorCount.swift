import Glibc

/// The processors of this machine.
enum ProcessorCount {
  /// How many are at work; 1 where the system does not say.
  static var available: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
