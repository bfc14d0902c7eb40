import Foundation
import SharedCaptures
import Testing

/// The HTML report in a browser, as a person uses it.
@Suite(.enabled(if: Browser.isPresent, "chromium is not installed"), .serialized)
struct HTMLReportTests {
  private static let captures = SharedCaptures.packageDirectory.appending(path: "SampleCaptures")

  /// Writes the page of a sample capture, and gives its address.
  private func page(_ capture: String, _ arguments: [String] = [], in folder: TemporaryFolder) throws -> String {
    let file = folder.url.appending(path: "report.html")
    let ending = try BuiltCommand.run(
      ["analyze", "--format", "html", "--output", file.path] + arguments
        + [HTMLReportTests.captures.appending(path: capture).path])
    #expect(ending.status == 0 && ending.errors.isEmpty && ending.output.isEmpty)
    return file.absoluteString
  }

  private func expectQuiet(_ browser: Browser, _ address: String) {
    #expect(browser.complaints == [])
    #expect(browser.dialogs == [])
    #expect(browser.requests.allSatisfy { $0 == address }, "the page asks the network for nothing")
  }

  @Test("a click leads from a finding to its ladder to its message, and the keys lead back")
  func fromFindingToMessage() throws {
    let folder = try TemporaryFolder()
    let address = try page("10_hss_timeout.pcap", in: folder)
    let browser = try Browser()
    try browser.open(address)
    #expect(try browser.value("document.querySelectorAll('.finding').length") as? Int == 1)
    try browser.value("document.querySelector('.finding a.sentence').click()")
    try browser.wait(for: "document.querySelectorAll('.arrow').length > 0")
    let headings = try browser.value("[...document.querySelectorAll('.heads .role')].map((t) => t.textContent).join()")
    #expect(headings as? String == "UE,P-CSCF,I-CSCF,HSS")
    let evidence = try browser.value(
      "[...document.querySelectorAll('.arrow.cause')].map((a) => a.dataset.frame).join()")
    #expect(evidence as? String == "15,17,29")
    #expect(
      try browser.value("document.querySelector('.arrow.tone-bad .label').textContent") as? String
        == "✕ 504 Server Time-out")
    // The request that was not answered in time.
    try browser.value(
      "document.querySelector('.arrow[data-frame=\"15\"]').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))"
    )
    try browser.wait(for: "!document.getElementById('message').hidden")
    let text = try browser.value("document.getElementById('message').textContent") as? String ?? ""
    #expect(text.contains("User-Authorization-Request (300)"))
    #expect(text.contains("Public-Identity (601 of 10415, VM): sip:001010000000005@ims.mnc001.mcc001.3gppnetwork.org"))
    // The message after it, and back to the ladder.
    try browser.value("document.querySelector('#message button[aria-label=\"next message\"]').click()")
    try browser.wait(for: "document.querySelector('#message h2').textContent === '504 Server Time-out'")
    try browser.value("dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))")
    try browser.wait(for: "document.getElementById('message').hidden")
    #expect(try browser.value("document.activeElement.dataset.frame") as? String == "17")
    expectQuiet(browser, address)
  }

  @Test("search finds by number, code and id, and a table by its columns") func searching() throws {
    let folder = try TemporaryFolder()
    let address = try page("generated_many_failures.pcap", in: folder)
    let browser = try Browser()
    try browser.open(address)
    try browser.value(
      "const field = document.getElementById('search'); field.value = '486 busy'; field.dispatchEvent(new Event('input'))"
    )
    try browser.wait(for: "document.querySelector('h1').textContent === 'Search'")
    #expect(try browser.value("[...document.querySelectorAll('main tbody tr')].length") as? Int == 1)
    try browser.value("field.value = ''; field.dispatchEvent(new Event('input')); location.hash = '#registrations'")
    try browser.wait(for: "document.querySelector('h1').textContent === 'Registrations'")
    let all = try #require(try browser.value("document.querySelectorAll('tbody tr').length") as? Int)
    #expect(all == 8)
    // By the time that each took: what never came last, whichever way.
    let took = "[...document.querySelectorAll('thead button')].find((button) => button.textContent === 'took').click()"
    try browser.value(took)
    try browser.value(took)
    #expect(try browser.value("document.querySelector('tbody td.outcome').textContent") as? String == "✕ rejected")
    try browser.value("document.querySelector('.chip.tone-good').click()")
    let accepted = try #require(try browser.value("document.querySelectorAll('tbody tr').length") as? Int)
    #expect(accepted > 0 && accepted < all)
    #expect(try browser.value("document.querySelectorAll('tbody .tone-bad').length") as? Int == 0)
    expectQuiet(browser, address)
  }

  @Test(
    "every part of every page opens without a complaint", arguments: ["generated_many_failures.pcap", "19_ipsec.pcap"])
  func everyPart(_ capture: String) throws {
    let folder = try TemporaryFolder()
    let address = try page(capture, ["--html-messages", "all"], in: folder)
    let browser = try Browser()
    try browser.open(address)
    try browser.darken()
    let ids = try #require(
      try browser.value("[...Object.keys(views), ...report.index.keys()]") as? [String])
    #expect(ids.count > 10)
    for id in ids {
      try browser.value("location.hash = '#\(id)'")
      try browser.wait(
        for: "document.querySelector('main h1') !== null && decodeURIComponent(location.hash) === '#\(id)'")
      // Every arrow has its message in the page.
      let missing = try browser.value(
        """
        new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
          let missing = 0;
          for (let place = 0; place < document.querySelectorAll('.arrow').length; place += 1) {
            document.querySelectorAll('.arrow')[place].dispatchEvent(new MouseEvent('click'));
            if (!document.querySelector('#message .message-text')) missing += 1;
          }
          closeMessage();
          done(missing);
        })))
        """)
      #expect(missing as? Int == 0, "\(id)")
    }
    expectQuiet(browser, address)
  }

  @Test("show writes a page of one record or one user, from standard input, too", arguments: [false, true])
  func showing(_ isPiped: Bool) throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "one.html")
    let capture = HTMLReportTests.captures.appending(path: "generated_many_failures.pcap").path
    let source = isPiped ? "cat '\(capture)' | " : ""
    let input = isPiped ? "-" : "'\(capture)'"
    let browser = try Browser()
    for (query, records) in [("call-20be46fb", 1), ("15550000001", 4)] {
      let ending = try BuiltCommand.shell(
        "\(source)\"$IMSTRACE\" show \(query) --format html --output '\(file.path)' \(input)")
      #expect(ending.status == 0 && ending.errors.isEmpty, "\(ending.errors)")
      try browser.open(file.absoluteString)
      #expect(try browser.value("report.byOrdinal.length") as? Int == records)
      // The page of one record opens with it.
      #expect((try browser.value("document.querySelectorAll('.facts').length") as? Int == 1) == (records == 1))
    }
    #expect(browser.complaints == [])
    let nothing = try BuiltCommand.run(["show", "call-0000", "--format", "html", capture])
    #expect(nothing.status == 2 && nothing.output.isEmpty)
  }

  @Test("only the messages that were asked for are in the page", arguments: ["none", "findings", "all"])
  func embeddedMessages(_ choice: String) throws {
    let folder = try TemporaryFolder()
    let address = try page("10_hss_timeout.pcap", ["--html-messages", choice], in: folder)
    let browser = try Browser()
    try browser.open(address)
    let held = try #require(try browser.value("report.message_frames.length") as? Int)
    #expect(choice == "none" ? held == 0 : held > 20)
    if choice == "none" {
      try browser.value("location.hash = '#' + report.rows.registrations[0][2]")
      try browser.wait(for: "document.querySelectorAll('.arrow').length > 0")
      try browser.value("document.querySelector('.arrow').dispatchEvent(new MouseEvent('click'))")
      let command = try browser.value("document.querySelector('#message code').textContent") as? String ?? ""
      #expect(command.hasPrefix("imstrace show --message 5 "))
    }
    expectQuiet(browser, address)
  }
}
