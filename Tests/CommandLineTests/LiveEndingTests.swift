import CaptureInput
import Foundation
import SharedCaptures
import Testing

/// What is left where a live capture ends by force or cannot go on: whole records.
@Suite(.serialized, .enabled(if: LiveNetwork.isPermitted, LiveNetwork.reason))
struct LiveEndingTests {
  @Test("a file that may not grow ends with its last whole packet", arguments: ["pcap", "pcapng"])
  func sizeLimit(_ format: String) throws {
    try LiveNetwork.run(
      """
      ulimit -S -f 40
      capture -i right -f ip -a duration:20 -w $D/taken.\(format) --format ndjson
      ulimit -S -f unlimited
      replay -p 2000 --loop 3 $S
      wait $GUARD; STATUS=$?; cat $D/errors >&2; exit $STATUS
      """
    ) { ending, folder in
      #expect(ending.status == 3)
      #expect(ending.errors.contains("File too large") && ending.errors.split(separator: "\n").count == 1)
      let file = folder.appending(path: "taken.\(format)")
      let size = try file.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
      // As much as fits but for a part of a packet.
      #expect(40 * 1024 - 4096..<40 * 1024 ~= size, "\(size)")
      #expect(try LiveNetwork.wholeFrames(in: file) > 20)
    }
  }

  @Test("and so it does on a full disk, in a ring too", arguments: ["", "-b filesize:50"])
  func fullDisk(_ ring: String) throws {
    try LiveNetwork.run(
      """
      mkdir $D/small
      timeout -k 1 25 $RUN bash -c 'mount -t tmpfs -o size=160k,mode=777 none $D/small && $IMSTRACE live -q -i right \
        -f ip -a duration:20 \(ring) -w $D/small/taken.pcapng --format ndjson > $D/output
        STATUS=$?; cp $D/small/* $D; exit $STATUS' & GUARD=$!
      sleep 1.2; replay -p 2000 --loop 3 $S
      wait $GUARD
      """
    ) { ending, folder in
      #expect(ending.status == 3)
      #expect(ending.errors.contains("No space left"), "\(ending.errors)")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("taken") }
      #expect(names.count == (ring.isEmpty ? 1 : 4))
      // The disk may be full just where the next file of a ring begins.
      for name in names.sorted().dropLast(ring.isEmpty ? 0 : 1) {
        #expect(try LiveNetwork.wholeFrames(in: folder.appending(path: name)) > 20)
      }
    }
  }

  @Test("what was captured a second ago is in the file, all of it on SIGTERM", arguments: ["TERM", "KILL"])
  func end(_ signal: String) throws {
    try LiveNetwork.run(
      """
      capture -i right -f ip -a duration:20 -w $D/taken.pcapng --format ndjson
      replay -p 300 $S
      for i in 1 2 3 4; do sleep 0.5; replay -p 300 -L 1 $S; done
      kill -\(signal) $PID; wait $GUARD; echo $?
      """
    ) { ending, folder in
      let frames = try LiveNetwork.wholeFrames(in: folder.appending(path: "taken.pcapng"))
      let records = try LiveNetwork.lines("registration", in: folder.appending(path: "output"))
      if signal == "TERM" {
        #expect(ending.text == "0\n")
        #expect(frames == LiveNetwork.sampleFrames + 4)
        #expect(records.count == 8)
      } else {
        #expect(LiveNetwork.sampleFrames...LiveNetwork.sampleFrames + 4 ~= frames)
      }
    }
  }

  @Test("an interface that goes down and comes up again is captured from as before, and it is said")
  func downAndUp() throws {
    try LiveNetwork.run(
      """
      capture -i right -f ip -a duration:8 -w $D/taken.pcapng --format ndjson
      replay -p 500 $S
      ip -n $N link set right down; sleep 1; ip -n $N link set right up
      replay -p 500 $S; wait $GUARD; STATUS=$?; cat $D/errors >&2; exit $STATUS
      """
    ) { ending, folder in
      #expect(ending.status == 0)
      #expect(ending.errors.contains("right: the interface went down once"), "\(ending.errors)")
      let capture = try #require(LiveNetwork.lines("capture", in: folder.appending(path: "output")).last)
      #expect(capture["frame_count"] as? Int == 2 * LiveNetwork.sampleFrames)
      let frames = try LiveNetwork.wholeFrames(in: folder.appending(path: "taken.pcapng"))
      #expect(frames == 2 * LiveNetwork.sampleFrames)
    }
  }

  @Test("one that is removed ends the capture, with what was captured")
  func removed() throws {
    try LiveNetwork.run(
      """
      capture -i right -f ip -a duration:20 --format ndjson
      # With the interface goes what the kernel still holds of it.
      replay -p 500 $S; sleep 3; ip -n $N link del right
      wait $GUARD; STATUS=$?; cat $D/errors >&2; exit $STATUS
      """
    ) { ending, folder in
      #expect(ending.status == 0)
      #expect(ending.errors.contains("right: capturing ended"), "\(ending.errors)")
      let capture = try #require(LiveNetwork.lines("capture", in: folder.appending(path: "output")).last)
      #expect(capture["frame_count"] as? Int == LiveNetwork.sampleFrames)
    }
  }

  @Test("at full speed each packet is read or counted as dropped, and the ring is whole: a moment of `make endurance`")
  func endurance() throws {
    let script = SharedCaptures.packageDirectory.appending(path: "Benchmarks/endurance").path
    let ending = try BuiltCommand.shell("exec \(script) 3 --imstrace $IMSTRACE")
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.text.contains("| lost without being counted | 0 |"), "\(ending.text)")
  }
}
