import Foundation
import Testing

/// The recordings and public captures that lie beside a checkout of the project (`../shared`), not inside it.
public enum SharedCaptures {
  /// The root of the package.
  public static let packageDirectory = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The folder with all captures.
  public static let directory = packageDirectory.deletingLastPathComponent().appending(path: "shared/captures")

  /// Whether the folder is there. A continuous-integration run that has it must not skip what needs it.
  public static let arePresent = FileManager.default.fileExists(atPath: directory.path)

  /// The file at `path` inside the folder.
  public static func file(_ path: String) -> URL {
    directory.appending(path: path)
  }

  /// All files in `folder` whose name ends as one of `suffixes`, by name; empty where the folder is absent.
  public static func files(in folder: String, endingIn suffixes: [String] = [""]) -> [URL] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: file(folder).path)) ?? []
    return names.filter { name in suffixes.contains { name.hasSuffix($0) } }.sorted()
      .map { file(folder).appending(path: $0) }
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips, visibly, a test that reads the shared captures where they are absent.
  public static var needsSharedCaptures: Self {
    .enabled(if: SharedCaptures.arePresent, "the captures of ../shared are not beside this checkout")
  }
}
