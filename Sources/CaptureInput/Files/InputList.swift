import Glibc

/// The files that the inputs named by the user stand for.
struct InputList {
  /// How many files are merged at most: each keeps a descriptor and a buffer while the capture is read.
  static let mostFiles = 1024

  /// One file.
  struct Entry {
    /// Where it is, `-` for standard input.
    var path: String
    /// What it is called.
    var name: String
    /// The directory that the user named, where the file was found in one: such a file is passed over if it is no
    /// capture.
    var directory: String?
  }

  /// The files in the order in which they were named.
  private(set) var entries: [Entry] = []

  /// Lists the files that `inputs` stand for: a directory stands for the files in it, by name.
  init(_ inputs: [String]) throws(CaptureInputFailure) {
    for input in inputs {
      if input == "-" {
        if entries.contains(where: { $0.path == "-" }) {
          throw CaptureInputFailure(input: input, message: "standard input is named twice; it can be read once")
        }
        entries.append(Entry(path: input, name: input, directory: nil))
      } else if InputList.mode(of: input) == S_IFDIR {
        for name in try InputList.files(in: input) {
          let path = input.hasSuffix("/") ? input + name : input + "/" + name
          entries.append(Entry(path: path, name: path, directory: input))
        }
      } else {
        entries.append(Entry(path: input, name: input, directory: nil))
      }
      guard entries.count <= InputList.mostFiles else {
        throw CaptureInputFailure(
          input: input,
          message: "more than \(InputList.mostFiles) files in all; merge some of them first (mergecap)")
      }
    }
  }

  /// The names of the regular files in a directory that are not hidden, sorted by their bytes.
  private static func files(in directory: String) throws(CaptureInputFailure) -> [String] {
    guard let stream = unsafe opendir(directory) else {
      throw CaptureInputFailure(
        input: directory, message: "the directory cannot be listed: \(systemMessage(errno))")
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
        unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if !name.hasPrefix("."), mode(of: directory + "/" + name) == S_IFREG { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The kind of file at a path; nil where there is none.
  private static func mode(of path: String) -> mode_t? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT
  }
}
