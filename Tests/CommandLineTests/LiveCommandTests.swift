import Foundation
import SharedCaptures
import Testing

/// The built command on interfaces of a network of its own, which is gone with the test.
@Suite(.serialized, .enabled(if: LiveNetwork.isPermitted, LiveNetwork.reason))
struct LiveCommandTests {
  private func run(_ script: String, check: (BuiltCommand.Ending, URL) throws -> Void) throws {
    try LiveNetwork.run(script, check: check)
  }

  private func lines(_ type: String, in file: URL) throws -> [[String: Any]] {
    try LiveNetwork.lines(type, in: file)
  }

  @Test("-b filesize and files keep the last files of a ring, each of about the size")
  func ringOfSizes() throws {
    try run(
      """
      capture -i right -f ip -c 424 -a duration:20 -b filesize:20 -b files:3 -w $D/ring.pcapng --format ndjson
      replay -p 500 $S; finish
      ls $D | grep ^ring
      """
    ) { ending, folder in
      #expect(ending.status == 0, "\(ending.errors)")
      let names = ending.text.split(separator: "\n").map(String.init)
      #expect(names.count == 3)
      #expect(names.allSatisfy { $0.wholeMatch(of: /ring_000\d\d_\d{14}\.pcapng/) != nil })
      #expect(names.first.map { $0 > "ring_00003" } == true)
      for name in names.dropLast() {
        let size = try folder.appending(path: name).resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
        #expect(20_000..<24_000 ~= size, "\(name): \(size)")
      }
    }
  }

  @Test("-b duration begins a file each second; -a files ends the capture")
  func ringOfDurations() throws {
    try run(
      """
      capture -i right -f ip -a files:2 -a duration:20 -b duration:1 -w $D/ring.pcap --format ndjson
      replay -p 100 $S; finish
      ls $D | grep ^ring
      """
    ) { ending, _ in
      #expect(ending.status == 0, "\(ending.errors)")
      #expect(ending.text.split(separator: "\n").count == 2)
    }
  }

  @Test(
    "each condition of -a ends the capture, and so does -c",
    arguments: ["-a packets:50", "-c 50", "-a filesize:10 -w $D/taken.pcap", "-a duration:3"])
  func stopConditions(_ condition: String) throws {
    try run(
      """
      capture -i right -f ip \(condition) --format ndjson
      replay -p 200 $S; finish
      """
    ) { ending, folder in
      #expect(ending.status == 0, "\(ending.errors)")
      let capture = try #require(lines("capture", in: folder.appending(path: "output")).last)
      let count = capture["frame_count"] as? Int ?? 0
      if condition.hasSuffix(" 50") || condition.hasSuffix(":50") { #expect(count == 50) }
      if condition.contains("filesize") {
        let size = try folder.appending(path: "taken.pcap").resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
        #expect(10_000..<12_000 ~= size)
      }
      if condition.contains("duration") { #expect(1..<424 ~= count || count == 424) }
    }
  }

  @Test("a summary each second while it goes on, records as they complete, and the rest on SIGINT")
  func summaries() throws {
    try run(
      """
      capture -i right -f ip --summary-interval 1 --format ndjson
      replay -p 400 $S; sleep 1.5
      kill -INT $PID; finish
      """
    ) { ending, folder in
      #expect(ending.status == 0, "\(ending.errors)")
      let output = folder.appending(path: "output")
      let captures = try lines("capture", in: output)
      let coverage = try #require(lines("coverage", in: output).last)
      let registrations = try lines("registration", in: output)
      #expect(captures.count >= 3)
      #expect(coverage["sip_messages"] as? Int ?? 0 > 100)
      #expect(registrations.count == 8)
    }
  }

  @Test("-s cuts, -p and -B and -n are taken, two interfaces and any are points of their own, -D lists")
  func options() throws {
    try run(
      """
      capture -i left -i right -p -n -B 2 -s 96 -f ip -a duration:4 --format ndjson
      replay -p 500 $S; finish
      $RUN $IMSTRACE live -D > $D/devices
      mv $D/output $D/two
      capture -i any -f ip -a duration:4 --format ndjson
      replay -p 500 $S; finish
      """
    ) { ending, folder in
      #expect(ending.status == 0, "\(ending.errors)")
      let capture = try #require(lines("capture", in: folder.appending(path: "two")).last)
      #expect(capture["frame_count"] as? Int == 848)
      let points = capture["points"] as? [[String: Any]] ?? []
      #expect(Set(points.compactMap { $0["interface"] as? String }).isSubset(of: ["left", "right"]))
      let coverage = try #require(lines("coverage", in: folder.appending(path: "two")).last)
      #expect(coverage["frames_cut_by_snaplen"] as? Int ?? 0 > 400)
      let devices = try String(contentsOf: folder.appending(path: "devices"), encoding: .utf8)
      #expect(devices.contains(". left") && devices.contains(". right") && devices.contains(". any"))
      let any = try #require(lines("capture", in: folder.appending(path: "output")).last)
      #expect(any["frame_count"] as? Int == 848)
      let layers = (any["points"] as? [[String: Any]])?.first?["layers"] as? [String]
      #expect(layers == ["sll"])
      let registrations = try lines("registration", in: folder.appending(path: "output"))
      #expect(registrations.count == 8)
    }
  }

  @Test("what the kernel drops while the program is held up is read and part of the coverage")
  func drops() throws {
    try run(
      """
      capture -i right -B 1 -a duration:8 --format ndjson
      kill -STOP $PID
      timeout 20 $RUN tcpreplay -q -i left --topspeed --loop 40 $S >> $D/replay 2>&1
      kill -CONT $PID; finish
      """
    ) { ending, folder in
      #expect(ending.status == 0, "\(ending.errors)")
      let coverage = try #require(lines("coverage", in: folder.appending(path: "output")).last)
      let capture = try #require(lines("capture", in: folder.appending(path: "output")).last)
      let dropped = coverage["packets_dropped_by_kernel"] as? Int ?? 0
      let taken = capture["frame_count"] as? Int ?? 0
      #expect(dropped > 1000)
      // All that was sent was either taken or counted, but for what hosts say on a new interface.
      #expect(taken + dropped >= 40 * 424)
    }
  }
}
