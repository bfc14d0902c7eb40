import CLinux
import Glibc

/// What this process may still reach while it reads packets of others: the inputs, the folders of its outputs, the folder
/// of temporary files. Nothing is started, nothing sent. What reads hostile packets should be able to do nothing else.
public struct FileConfinement: Sendable {
  /// Files and folders that may be read.
  public var readable: [String]
  /// Files that may be written, or made where they are not there yet: then beside others of their folder.
  public var outputs: [String]
  /// Whether names of hosts and services may be looked up, as capture filters need.
  public var allowsNames = false

  /// Names what is needed.
  public init(readable: [String], outputs: [String]) {
    self.readable = readable
    self.outputs = outputs
  }

  /// What a live capture needs once its interfaces are open: where libpcap reads what an interface dropped.
  public init(interfaces: [String], outputs: [String]) {
    self.init(readable: interfaces.map { "/sys/class/net/\($0)/statistics" }, outputs: outputs)
  }

  /// Which version of Landlock the kernel has; 0 where there is none, or where it may not be used.
  public static var landlockVersion: Int { max(0, Int(landlock_version())) }

  /// Binds this thread and all that it starts, for good. False where the kernel does not offer it all: then what it does
  /// offer holds.
  @discardableResult
  public func take() -> Bool {
    guard forbid_new_privileges() == 0 else { return false }
    // The zone of local times is read before it is out of reach.
    tzset()
    let version = FileConfinement.landlockVersion
    guard version > 0 else { return false }
    var rules = landlock_rules(
      files: Access.all(version), network: version >= 4 ? Access.network : 0, scopes: version >= 6 ? Access.scopes : 0)
    let size = version >= 6 ? 24 : version >= 4 ? 16 : 8
    if allowsNames { rules.network = 0 }
    let descriptor = unsafe landlock_create(&rules, size)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    for path in readable + inputsInFolders + FileConfinement.sources + (allowsNames ? FileConfinement.names : []) {
      allow(path, Access.read, rules.files, descriptor)
    }
    for path in outputs { allowOutput(path, rules.files, descriptor) }
    allow(FileConfinement.temporaryFolder, Access.make, rules.files, descriptor)
    guard landlock_bind(descriptor) == 0 else { return false }
    return allowsNames || forbid_sockets() == 0
  }

  /// Files in folders that are inputs may be links to elsewhere.
  private var inputsInFolders: [String] {
    ((try? InputList(readable.filter { $0 != "-" }))?.entries ?? []).filter { $0.directory != nil }.map(\.path)
  }

  /// What libraries seed themselves from.
  private static let sources = ["/dev/urandom"]

  /// Where the C library looks names up.
  private static let names = ["/etc", "/run", "/lib", "/usr/lib"]

  private static var temporaryFolder: String {
    guard let path = unsafe getenv("TMPDIR"), unsafe path.pointee != 0 else { return "/tmp" }
    return unsafe String(cString: path)
  }

  /// A device or a pipe is written as it is; a file appears in its folder by rename.
  private func allowOutput(_ path: String, _ known: UInt64, _ rules: Int32) {
    var target = path
    if let resolved = unsafe realpath(path, nil) {
      target = unsafe String(cString: resolved)
      unsafe free(resolved)
    }
    allow(target, Access.write, known, rules)
    let folder = target.lastIndex(of: "/").map { $0 == target.startIndex ? "/" : String(target[..<$0]) } ?? "."
    allow(folder, Access.make, known, rules)
  }

  /// Adds a rule. What cannot be opened needs none: it cannot be opened later, either.
  private func allow(_ path: String, _ access: UInt64, _ known: UInt64, _ rules: Int32) {
    let place = unsafe landlock_place(path)
    guard place >= 0 else { return }
    defer { close(place) }
    var status = stat()
    guard unsafe fstat(place, &status) == 0 else { return }
    let fits = status.st_mode & S_IFMT == S_IFDIR ? access : access & Access.ofFiles
    _ = landlock_allow(rules, fits & known, place)
  }

  /// The bits of Landlock's rules.
  private enum Access {
    static let execute: UInt64 = 1 << 0
    static let writeFile: UInt64 = 1 << 1
    static let readFile: UInt64 = 1 << 2
    static let readFolder: UInt64 = 1 << 3
    static let removeFolder: UInt64 = 1 << 4
    static let removeFile: UInt64 = 1 << 5
    static let makeFolder: UInt64 = 1 << 7
    static let makeFile: UInt64 = 1 << 8
    static let truncate: UInt64 = 1 << 14

    static let read = readFile | readFolder
    static let write = writeFile | truncate
    static let make = read | writeFile | makeFile | removeFile | makeFolder | removeFolder | truncate
    static let ofFiles = execute | writeFile | readFile | truncate

    /// TCP, to bind and to connect.
    static let network: UInt64 = 1 << 0 | 1 << 1
    /// Sockets without a place in the file system, and signals, of processes outside.
    static let scopes: UInt64 = 1 << 0 | 1 << 1

    /// All rights to files that a version knows.
    static func all(_ version: Int) -> UInt64 {
      let count = version >= 5 ? 16 : version >= 3 ? 15 : version >= 2 ? 14 : 13
      return 1 << UInt64(count) - 1
    }
  }
}
