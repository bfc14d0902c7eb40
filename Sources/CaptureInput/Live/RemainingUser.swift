import CLinux
import Glibc

/// The user as whom a live capture goes on once its interfaces are open: what reads hostile packets should be able to do
/// nothing else.
public struct RemainingUser: Sendable {
  /// What messages call the user.
  public let name: String
  private let user: uid_t
  private let group: gid_t

  /// The user with this name; nil where there is none.
  public init?(named name: String) {
    guard let entry = unsafe getpwnam(name) else { return nil }
    self.name = name
    user = unsafe entry.pointee.pw_uid
    group = unsafe entry.pointee.pw_gid
  }

  /// The user who called sudo; where there is none, `nobody`.
  public static func ofInvocation() -> RemainingUser {
    if let user = number("SUDO_UID"), let group = number("SUDO_GID"), user != 0 {
      let name = unsafe getenv("SUDO_USER").map { unsafe String(cString: $0) }
      return RemainingUser(name: name ?? "user \(user)", user: user, group: group)
    }
    return RemainingUser(named: "nobody") ?? RemainingUser(name: "user 65534", user: 65534, group: 65534)
  }

  private init(name: String, user: uid_t, group: gid_t) {
    self.name = name
    self.user = user
    self.group = group
  }

  private static func number(_ variable: String) -> UInt32? {
    unsafe getenv(variable).flatMap { unsafe UInt32(String(cString: $0)) }
  }

  /// Gives up everything that this process may do beyond what the user may: root changes to the user, capabilities of
  /// the program file go, and no program that is started later gains any. Naming root keeps root.
  public func takeOver() throws(CaptureInputFailure) {
    if geteuid() == 0 {
      if user == 0 { return }
      guard setgroups(0, nil) == 0, setgid(group) == 0, setuid(user) == 0, setuid(0) != 0 else {
        throw CaptureInputFailure(
          input: "privileges", message: "cannot be given up to \(name): \(systemMessage(errno)); -Z root keeps them")
      }
    }
    guard drop_capabilities() == 0, forbid_new_privileges() == 0 else {
      throw CaptureInputFailure(input: "privileges", message: "cannot be given up: \(systemMessage(errno))")
    }
  }

  /// Checks that the user may create files where `path` lies; to be asked after `takeOver()`.
  public func requireWritable(folderOf path: String) throws(CaptureWriteFailure) {
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    guard path != "-", unsafe access(folder, W_OK | X_OK) != 0 else { return }
    throw CaptureWriteFailure(
      output: path,
      message:
        "\(name), as whom the capture goes on, may not write to \(folder); name another folder, or a user with -Z")
  }
}
