import Glibc

/// A folder of reports that appears under its name by a rename once all of it is written: nobody finds half of it, and
/// nothing is left of one that failed.
///
/// A class, because the report that fills it is a value that may be copied while the folder is one.
public final class OutputFolder {
  /// The file that tells a folder of this kind from any other.
  public static let index = "index.json"

  /// The folder as the user named it.
  private let name: String
  private let finalPath: String
  /// Where it is written; nil once it has its name.
  private var temporaryPath: String?

  /// Prepares `folder`. One that is there already is refused unless it is empty, or `replaces` is set and it is
  /// one of this kind.
  public init(_ folder: String, replaces: Bool) throws(ReportOutputFailure) {
    name = folder
    finalPath = OutputFolder.resolved(folder)
    if OutputFolder.exists(finalPath), !OutputFolder.isEmptyFolder(finalPath) {
      guard replaces, OutputFolder.exists(finalPath + "/" + OutputFolder.index) else {
        throw .folderExists(output: folder, isReplaceable: OutputFolder.exists(finalPath + "/" + OutputFolder.index))
      }
    }
    var template = Array((finalPath + ".XXXXXX").utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw .cannotWrite(output: folder, code: errno) }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    temporaryPath = path
    // mkdtemp makes the folder for its owner alone; the reports get the permissions of any new folder.
    let mask = umask(0)
    _ = umask(mask)
    _ = unsafe chmod(path, 0o777 & ~mask)
  }

  deinit {
    if let temporaryPath { OutputFolder.remove(temporaryPath) }
  }

  /// Makes a folder in it.
  func makeFolder(_ name: String) throws(ReportOutputFailure) {
    guard let temporaryPath else { return }
    guard unsafe mkdir(temporaryPath + "/" + name, 0o777) == 0 else {
      throw .cannotWrite(output: self.name + "/" + name, code: errno)
    }
  }

  /// Whether there is a file of this name in it.
  func holds(_ file: String) -> Bool {
    temporaryPath.map { OutputFolder.exists($0 + "/" + file) } ?? false
  }

  /// Opens a file in it.
  func open(_ file: String) throws(ReportOutputFailure) -> ReportOutput {
    try ReportOutput(path: (temporaryPath ?? finalPath) + "/" + file, whenComplete: false)
  }

  /// Lets the folder appear under its name, in place of the one that has it.
  func complete() throws(ReportOutputFailure) {
    guard let path = temporaryPath else { return }
    var old: String?
    if OutputFolder.exists(finalPath), !OutputFolder.isEmptyFolder(finalPath) {
      // Two renames: no moment shows a folder that is half old and half new.
      let aside = path + ".old"
      guard unsafe rename(finalPath, aside) == 0 else { throw .cannotWrite(output: name, code: errno) }
      old = aside
    }
    guard unsafe rename(path, finalPath) == 0 else {
      let code = errno
      if let old { _ = unsafe rename(old, finalPath) }
      throw .cannotWrite(output: name, code: code)
    }
    temporaryPath = nil
    if let old { OutputFolder.remove(old) }
  }

  // MARK: - Paths

  private static func exists(_ path: String) -> Bool {
    unsafe access(path, F_OK) == 0
  }

  /// The path without slashes at its end, and what a symbolic link names.
  private static func resolved(_ path: String) -> String {
    if let resolved = unsafe realpath(path, nil) {
      defer { unsafe free(resolved) }
      return unsafe String(cString: resolved)
    }
    var path = path
    while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  private static func isEmptyFolder(_ path: String) -> Bool {
    entries(of: path)?.isEmpty ?? false
  }

  /// The names in a folder; nil where it is none.
  private static func entries(of path: String) -> [String]? {
    guard let folder = unsafe opendir(path) else { return nil }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Removes a folder with all in it, following no links.
  private static func remove(_ path: String) {
    if unsafe unlink(path) == 0 { return }
    for name in entries(of: path) ?? [] { remove(path + "/" + name) }
    _ = unsafe rmdir(path)
  }
}
