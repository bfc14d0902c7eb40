import ArgumentParser
import DiameterMessages
import DictionaryFiles

/// What the user adds to the Diameter that is known.
struct DictionaryArguments: ParsableArguments {
  @Option(
    name: .customLong("diameter-dictionary"),
    help: ArgumentHelp(
      "Add the AVPs, commands and applications of this file, in the XML form of Wireshark; may be repeated.",
      valueName: "file"), completion: .file())
  var files: [String] = []

  /// Adds what the files define, before anything is read.
  func add() throws {
    for path in files {
      do throws(DictionaryFileFailure) {
        let file = try DictionaryFile(path: path)
        for warning in file.warnings { StandardError.write(line: warning) }
        DiameterDictionary.add(file.definitions)
      } catch {
        throw CommandEnding(status: CommandEnding.Status.unusable, line: error.description)
      }
    }
  }
}
