import Glibc

/// A folder that does not exist yet, for what writes one; what was written is removed with this value. Not by Foundation,
/// whose headers of ICU and those of libxml2 exclude each other in one module.
final class ScratchFolder {
  /// Where it is to be.
  let path = ScratchFile().path

  /// The paths of all files in it.
  var files: [String] {
    var files: [String] = []
    ScratchFolder.visit(path, file: { files.append($0) }, folder: { _ in })
    return files
  }

  /// Goes through a folder: files, and each folder behind those in it.
  private static func visit(_ path: String, file: (String) -> Void, folder: (String) -> Void) {
    guard let stream = opendir(path) else {
      // Nothing is there, or a file.
      if access(path, F_OK) == 0 { file(path) }
      return
    }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { visit(path + "/" + name, file: file, folder: folder) }
    }
    folder(path)
  }

  deinit {
    ScratchFolder.visit(path, file: { unlink($0) }, folder: { rmdir($0) })
  }
}
