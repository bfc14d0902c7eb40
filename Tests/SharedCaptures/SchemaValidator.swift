import Foundation

/// Validates what the command writes against the JSON Schemas of the package, by python3 with jsonschema.
public enum SchemaValidator {
  /// Whether python3 with jsonschema is there. A continuous-integration run installs it.
  public static let isPresent: Bool = (try? errors(in: Data("{}".utf8), against: nil))?.isEmpty ?? false

  /// What is wrong with a document, or with each line of one, by a schema of the folder Schemas.
  public static func errors(in document: Data, against schema: String?) throws -> String {
    let program = """
      import json, sys
      from jsonschema import Draft202012Validator
      from referencing import Registry, Resource
      if len(sys.argv) < 3: sys.exit()
      folder, name = sys.argv[1:3]
      load = lambda n: json.load(open(folder + "/" + n + ".schema.json"))
      schemas = [load(n) for n in ("analysis", "document", "record", "show", "messages", "correlation", "export")]
      registry = Registry().with_resources([(s["$id"], Resource.from_contents(s)) for s in schemas])
      validator = Draft202012Validator(load(name), registry=registry)
      text = sys.stdin.read()
      for part in text.splitlines() if name in ("record", "correlation") else [text]:
          for error in validator.iter_errors(json.loads(part)):
              errors = [error] + list(error.context or [])
              for e in errors[:12]: print(e.json_path, e.message[:300])
      """
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program]
    if let schema {
      process.arguments? += [SharedCaptures.packageDirectory.appending(path: "Schemas").path, schema]
    }
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: document)
    try input.fileHandleForWriting.close()
    let answer = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: answer, as: UTF8.self)
  }
}
