import CaptureFacts

/// Makes the files of a played scenario: orders what was sent by time, writes the packets, lets capture points see
/// them, and notes in the truth which frames carry which message.
struct CaptureComposer {
  private struct CapturedPacket {
    var time: Int64
    var tap: Int
    /// The place of the packet among all that were sent.
    var packet: Int
    /// The sight to which this belongs: each tap is one, and its copies are another.
    var sight: Int
  }

  let stage: Stage
  let format: CaptureFileFormat

  func compose() -> GeneratedCapture {
    let packets = packets()
    let captured = capture(packets)
    var truth = stage.truth
    var files = stage.capture.taps.map { _ in
      CaptureFileWriter(format: format, linkType: stage.capture.link.linkType)
    }
    truth.frameCounts = files.map { _ in 0 }
    var random = SeededGenerator(seed: truth.seed &+ 0x10_55)
    var frameNumbers = Array(repeating: [Int: Int](), count: packets.count)
    var number = 0
    for item in captured {
      if truth.lossPercent > 0, Int(random.next() % 100) < truth.lossPercent { continue }
      number += 1
      truth.frameCounts[item.tap] += 1
      files[item.tap].append(packets[item.packet].frame, at: Timestamp(nanoseconds: Stage.epoch + item.time))
      frameNumbers[item.packet][item.sight] = number
      for message in packets[item.packet].messages { truth.messages[message].frames.append(number) }
    }
    var carriers = Array(repeating: [Int](), count: truth.messages.count)
    for (index, packet) in packets.enumerated() where !packet.isRepetition {
      for message in packet.messages { carriers[message].append(index) }
    }
    let sights = 0..<stage.capture.taps.count * 2
    for index in truth.messages.indices {
      let numbers = carriers[index].map { frameNumbers[$0] }
      let completions: [Int] =
        carriers[index].allSatisfy { packets[$0].isObservedAgainInCopies }
        ? sights.compactMap { sight in CaptureComposer.last(of: numbers.map { $0[sight] }) }
        : [CaptureComposer.last(of: numbers.map { $0.values.min() })].compactMap { $0 }
      truth.messages[index].observations = completions.count
      truth.messages[index].completingFrame = completions.min()
    }
    return GeneratedCapture(
      files: files.map(\.bytes), securityAssociations: stage.capture.protections.flatMap(\.rows), truth: truth)
  }

  /// The greatest of the numbers, nil where one is missing.
  private static func last(of numbers: [Int?]) -> Int? {
    let present = numbers.compactMap { $0 }
    return present.count == numbers.count ? present.max() : nil
  }

  /// The packets in order of time.
  private func packets() -> [WirePacket] {
    var alternates: [IPAddress: [IPAddress]] = [:]
    let network = stage.network
    for node in [network.interrogating, network.serving, network.homeServer] + network.relayAgents
    where network.diameterTransport == .sctp {
      alternates[node.endpoint.address] = node.alternates
    }
    var encoder = WireEncoder(
      link: stage.capture.link, tunnel: stage.capture.tunnel, protections: stage.capture.protections,
      alternates: alternates, seed: stage.truth.seed)
    for transmission in stage.transmissions.inOrder(of: \.time) { encoder.encode(transmission) }
    return encoder.packets.inOrder(of: \.time)
  }

  /// What each capture point sees, merged by time as a reader of all the files merges them.
  private func capture(_ packets: [WirePacket]) -> [CapturedPacket] {
    var random = SeededGenerator(seed: stage.truth.seed &+ 0xc0_97)
    var captured: [CapturedPacket] = []
    for (index, tap) in stage.capture.taps.enumerated() {
      for (place, packet) in packets.enumerated() {
        guard tap.addresses.isEmpty || tap.addresses.contains(packet.from) || tap.addresses.contains(packet.to)
        else { continue }
        let item = CapturedPacket(time: packet.time + tap.clockOffset, tap: index, packet: place, sight: index * 2)
        captured.append(item)
        guard stage.capture.hasCopies else { continue }
        var copy = item
        copy.time += 5_000 + Int64(random.next() % 60_000)
        copy.sight += 1
        captured.append(copy)
      }
    }
    return captured.inOrder(of: \.time)
  }
}

extension Array {
  /// The elements by rising key; those with equal keys keep their order.
  fileprivate func inOrder(of key: KeyPath<Element, Int64>) -> [Element] {
    enumerated().sorted { left, right in
      (left.element[keyPath: key], left.offset) < (right.element[keyPath: key], right.offset)
    }.map(\.element)
  }
}
