import Foundation
import SharedCaptures
import Testing

@testable import SampleTraffic
@testable import SampleTrafficCommand

/// The same arguments give the same bytes; the arguments change what they say they change.
struct ReproductionTests {
  private let scenario = Scenario.named("answered_call")

  @Test("A seed decides every byte")
  func seeds() throws {
    let scenario = try #require(scenario)
    #expect(scenario.play(seed: 5).files == scenario.play(seed: 5).files)
    #expect(scenario.play(seed: 5).files != scenario.play(seed: 6).files)
  }

  @Test("Loss removes about as many frames as asked, and the truth forgets what they carried", arguments: [1, 5, 20])
  func loss(percent: Int) throws {
    let scenario = try #require(Scenario.named("hundred_subscribers"))
    let whole = scenario.play().truth
    let lossy = scenario.play(lossPercent: percent)
    let kept = Double(lossy.truth.frameCounts[0]) / Double(whole.frameCounts[0])
    #expect(abs(kept - (1 - Double(percent) / 100)) < 0.02)
    #expect(CaptureFileReading(lossy.files[0]).frames.count == lossy.truth.frameCounts[0])
    #expect(lossy.truth.observations(of: .sip) < whole.observations(of: .sip))
    #expect(lossy.truth.messages.count == whole.messages.count)
    for message in lossy.truth.messages {
      #expect((message.completingFrame == nil) == (message.observations == 0))
    }
  }

  @Test("Copies double the frames and the observations over UDP, not the messages")
  func copies() throws {
    let scenario = try #require(Scenario.named("ip_fragments"))
    let single = scenario.play().truth
    let double = scenario.play(hasCopies: true).truth
    #expect(double.frameCounts[0] == 2 * single.frameCounts[0])
    #expect(double.observations(of: .sip) == 2 * single.observations(of: .sip))
    #expect(double.distinctMessages(of: .sip) == single.distinctMessages(of: .sip))
    #expect(double.observations(of: .diameter) == single.observations(of: .diameter))
  }

  @Test("Two capture points write two files whose clocks differ")
  func taps() throws {
    let capture = try #require(Scenario.named("two_taps")).play()
    #expect(capture.files.count == 2)
    #expect(capture.truth.observations(of: .sip) > capture.truth.distinctMessages(of: .sip))
  }

  @Test("A thousand subscribers register; a quarter of them call")
  func thousandSubscribers() throws {
    let truth = try #require(Scenario.named("thousand_subscribers")).play().truth
    #expect(truth.registrations.count { $0.kind == .initial && $0.outcome == .accepted } == 1000)
    #expect(truth.registrations.count { $0.kind == .deRegistration } == 100)
    #expect(truth.calls.count == 250)
    #expect(truth.subscribers.count == 1000)
  }

  @Test("pcapng and classic pcap hold the same frames", .needsTshark)
  func formats() throws {
    let scenario = try #require(scenario)
    let directory = FileManager.default.temporaryDirectory
    let files = try [CaptureFileFormat.pcap, .nanosecondPcap, .pcapng].map { format in
      let file = directory.appending(path: "sampletraffic-\(ProcessInfo.processInfo.processIdentifier)-\(format)")
      try Data(scenario.play(format: format).files[0]).write(to: file)
      return file
    }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    let fields = try files.map { try GeneratedFields.fields(["frame.number", "frame.len", "ip.id"], of: $0) }
    #expect(fields[0] == fields[1])
    #expect(fields[0] == fields[2])
  }

  @Test(
    "The generated SampleCaptures are what the command writes",
    arguments: ["answered_call", "many_failures", "all_cx_commands"])
  func sampleCaptures(name: String) throws {
    let capture = try #require(Scenario.named(name)).play()
    let stem = SharedCaptures.packageDirectory.appending(path: "SampleCaptures/generated_\(name)")
    #expect(try Data(contentsOf: stem.appendingPathExtension("pcap")) == Data(capture.files[0]))
    #expect(
      try Data(contentsOf: stem.appendingPathExtension("json")) == TruthDocument(capture.truth).json())
  }
}
