import Foundation

/// Chromium without a window, driven over its debugging pipe (Chrome DevTools Protocol): commands go to descriptor 3,
/// answers and events come from descriptor 4, each ended by a zero byte.
final class Browser {
  typealias Object = [String: Any]

  /// Why the browser does not answer.
  enum Failure: Error {
    case silent(String)
    case refused(String)
    case threw(String)
  }

  private static let program = ["chromium", "chromium-browser", "google-chrome"].lazy
    .flatMap { name in (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
    }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// Whether there is a browser.
  static var isPresent: Bool { program != nil }

  /// What the page did that a person does not see: what it asked the network for, what it wrote to the console, errors.
  private(set) var requests: [String] = []
  private(set) var complaints: [String] = []
  private(set) var dialogs: [String] = []

  private let process = Process()
  private let commands = Pipe()
  private let answers = Pipe()
  private let profile = FileManager.default.temporaryDirectory.appending(path: "imstrace-browser-" + UUID().uuidString)
  private var session: String?
  private var received: [UInt8] = []
  private var isLoaded = false
  private var lastID = 0

  init(width: Int = 1280, height: Int = 900) throws {
    process.executableURL = URL(filePath: "/bin/sh")
    let options = [
      "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
      "--disable-background-networking", "--disable-dev-shm-usage", "--remote-debugging-pipe",
      "--user-data-dir=\(profile.path)",
    ]
    process.arguments = [
      "-c", "exec \(Browser.program ?? "chromium") \(options.joined(separator: " ")) 3<&0 4>&1 </dev/null >/dev/null",
    ]
    process.standardInput = commands
    process.standardOutput = answers
    process.standardError = FileHandle.nullDevice
    try process.run()
    let target = try call("Target.createTarget", ["url": "about:blank"])["targetId"] as? String ?? ""
    session = try call("Target.attachToTarget", ["targetId": target, "flatten": true])["sessionId"] as? String
    for domain in ["Page", "Runtime", "Log", "Network"] { try call(domain + ".enable") }
    try call(
      "Emulation.setDeviceMetricsOverride",
      ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": false])
  }

  deinit {
    process.terminate()
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: profile)
  }

  /// Opens a page and waits until it is loaded.
  func open(_ url: String) throws {
    isLoaded = false
    try call("Page.navigate", ["url": url])
    while !isLoaded { try take(next()) }
  }

  /// Shows pages in the dark scheme from now on.
  func darken() throws {
    try call("Emulation.setEmulatedMedia", ["features": [["name": "prefers-color-scheme", "value": "dark"]]])
  }

  /// The value of an expression; a promise is waited for.
  @discardableResult
  func value(_ expression: String) throws -> Any? {
    let answer = try call(
      "Runtime.evaluate", ["expression": expression, "returnByValue": true, "awaitPromise": true])
    if let details = answer["exceptionDetails"] as? Object { throw Failure.threw("\(expression): \(details)") }
    return (answer["result"] as? Object)?["value"]
  }

  /// Waits until an expression holds.
  func wait(for expression: String) throws {
    let end = Date(timeIntervalSinceNow: 20)
    while try value(expression) as? Bool != true {
      guard Date() < end else { throw Failure.silent("never: \(expression)") }
      usleep(20_000)
    }
  }

  /// A picture of what is seen, as PNG.
  func picture() throws -> Data {
    Data(base64Encoded: try call("Page.captureScreenshot", ["format": "png"])["data"] as? String ?? "") ?? Data()
  }

  @discardableResult
  private func call(_ method: String, _ parameters: Object = [:]) throws -> Object {
    lastID += 1
    var message: Object = ["id": lastID, "method": method, "params": parameters]
    if let session { message["sessionId"] = session }
    try commands.fileHandleForWriting.write(contentsOf: JSONSerialization.data(withJSONObject: message) + [0])
    while true {
      let answer = try next()
      guard answer["id"] as? Int == lastID else {
        try take(answer)
        continue
      }
      if let error = answer["error"] { throw Failure.refused("\(method): \(error)") }
      return answer["result"] as? Object ?? [:]
    }
  }

  private func take(_ event: Object) throws {
    let parameters = event["params"] as? Object ?? [:]
    switch event["method"] as? String {
    case "Page.loadEventFired": isLoaded = true
    case "Network.requestWillBeSent":
      requests.append((parameters["request"] as? Object)?["url"] as? String ?? "?")
    case "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded":
      complaints.append("\(parameters)")
    case "Page.javascriptDialogOpening":
      dialogs.append("\(parameters)")
      // Nobody waits for the answer.
      lastID += 1
      let message: Object = [
        "id": lastID, "method": "Page.handleJavaScriptDialog", "params": ["accept": true], "sessionId": session ?? "",
      ]
      try commands.fileHandleForWriting.write(contentsOf: JSONSerialization.data(withJSONObject: message) + [0])
      lastID -= 1
    default: break
    }
  }

  /// The next message of the browser; it has 60 seconds for it.
  private func next() throws -> Object {
    while true {
      if let end = received.firstIndex(of: 0) {
        let message = Data(received[..<end])
        received.removeFirst(end + 1)
        return try JSONSerialization.jsonObject(with: message) as? Object ?? [:]
      }
      var waiting = pollfd(fd: answers.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, 60_000) > 0 else { throw Failure.silent("no answer in 60 s") }
      let more = answers.fileHandleForReading.availableData
      guard !more.isEmpty else { throw Failure.silent("the browser ended") }
      received += more
    }
  }
}
