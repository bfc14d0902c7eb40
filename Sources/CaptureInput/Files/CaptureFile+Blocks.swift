import ByteReading
import CaptureFacts

// pcapng: draft-ietf-opsawg-pcapng, sections named below.

extension CaptureFile {
  /// Block types (section 11.1) that are read, and those that are passed over but numbered; all others are passed over.
  private enum BlockType {
    static let interfaceDescription: UInt32 = 0x0000_0001
    static let packet: UInt32 = 0x0000_0002
    static let simplePacket: UInt32 = 0x0000_0003
    static let nameResolution: UInt32 = 0x0000_0004
    static let interfaceStatistics: UInt32 = 0x0000_0005
    static let enhancedPacket: UInt32 = 0x0000_0006
    static let systemdJournal: UInt32 = 0x0000_0009
    static let decryptionSecrets: UInt32 = 0x0000_000a
    static let custom: UInt32 = 0x0000_0bad
    static let customNotToCopy: UInt32 = 0x4000_0bad
    static let sectionHeader: UInt32 = 0x0a0d_0d0a
  }

  /// The largest block that is taken into memory, in bytes: the limit of libpcap. Blocks that are passed over may be
  /// larger.
  static let largestBlock = 16 * 1024 * 1024

  /// The bytes around the body of a block: type, length before, length behind (section 3.1).
  static let blockOverhead = 12

  /// Moves to the next block that holds a frame; other blocks on the way are taken in or passed over.
  mutating func advanceBlock() -> Bool {
    while true {
      guard buffer.ensure(8) else { return endOfInput(inside: "a block header") }
      let type = number32(at: 0)
      if type == BlockType.sectionHeader {
        guard beginSection() else { return false }
        continue
      }
      let length = Int(number32(at: 4))
      guard length >= CaptureFile.blockOverhead, length & 3 == 0 else {
        return end(because: "a block of \(length) bytes, which is not a length that blocks have")
      }
      switch type {
      case BlockType.enhancedPacket, BlockType.packet, BlockType.simplePacket:
        guard takeWhole(length) else { return false }
        recordLength = length
        return switch type {
        case BlockType.enhancedPacket: readEnhancedPacket(length)
        case BlockType.packet: readObsoletePacket(length)
        default: readSimplePacket(length)
        }
      case BlockType.interfaceDescription:
        guard takeWhole(length), readInterface(length) else { return false }
        buffer.drop(length)
      case BlockType.interfaceStatistics:
        guard takeWhole(length) else { return false }
        readStatistics(length)
        buffer.drop(length)
      case BlockType.nameResolution where length <= CaptureFile.largestBlock:
        guard takeWhole(length) else { return false }
        readNames(length)
        buffer.drop(length)
      case BlockType.decryptionSecrets where length <= CaptureFile.largestBlock:
        guard takeWhole(length) else { return false }
        readSecrets(length)
        buffer.drop(length)
      default:
        switch type {
        case BlockType.custom, BlockType.customNotToCopy, BlockType.systemdJournal: numberedRecords &+= 1
        default: break
        }
        guard buffer.skip(length) else { return endOfInput(inside: "a block") }
      }
    }
  }

  /// Reads the interface descriptions that come next, before there is a frame: what a filter must be compiled for.
  mutating func readInterfacesAhead() {
    guard case .blocks = layout else { return }
    while buffer.ensure(8), number32(at: 0) == BlockType.interfaceDescription {
      let length = Int(number32(at: 4))
      // What is wrong with it is found again, and told, by `advance()`.
      guard length >= CaptureFile.blockOverhead, length & 3 == 0, takeWhole(length), readInterface(length) else {
        return
      }
      buffer.drop(length)
    }
  }

  /// Brings a whole block into the window and checks that it is framed by the same length twice.
  @inline(__always)
  private mutating func takeWhole(_ length: Int) -> Bool {
    guard length <= CaptureFile.largestBlock else {
      return end(because: "a block of \(length) bytes, where \(CaptureFile.largestBlock) are the most")
    }
    guard buffer.ensure(length) else { return endOfInput(inside: "a block") }
    let behind = Int(number32(at: length - 4))
    guard behind == length else {
      return end(because: "a block of \(length) bytes that ends in another length, \(behind)")
    }
    return true
  }

  /// Section Header Block, section 4.1: the byte order, and interfaces counted anew.
  mutating func beginSection() -> Bool {
    guard buffer.ensure(28) else { return endOfInput(inside: "a section header") }
    switch buffer.bytes.littleEndianUInt32(at: 8) {
    case 0x1a2b_3c4d: isBigEndian = false
    case 0x4d3c_2b1a: isBigEndian = true
    default: return end(because: "a section header whose byte-order magic is wrong")
    }
    let length = Int(number32(at: 4))
    let version = number16(at: 12)
    guard version == 1 else {
      return end(because: "a section of pcapng version \(version).\(number16(at: 14)), where 1 is known")
    }
    guard length >= 28, length & 3 == 0 else { return end(because: "a section header of \(length) bytes") }
    guard takeWhole(length) else { return false }
    buffer.drop(length)
    sectionStart = interfaces.count
    return true
  }

  /// Interface Description Block, section 4.2.
  private mutating func readInterface(_ length: Int) -> Bool {
    guard length >= 20 else { return end(because: "an interface description of \(length) bytes") }
    guard interfaces.count < CaptureFile.mostInterfaces else {
      return end(because: "more than \(CaptureFile.mostInterfaces) interfaces")
    }
    let linkType = LinkType(rawValue: UInt32(number16(at: 8)))
    var interface = CaptureInterface(linkType: linkType, snapLength: number32(at: 12))
    var resolution: UInt8 = 6
    var offset: Int64 = 0
    forEachOption(in: 16..<length - 4) { code, value, bytes, isBigEndian in
      switch (code, value.count) {
      case (2, _): interface.name = bytes.text(in: value)
      case (3, _): interface.description = bytes.text(in: value)
      case (9, 1): resolution = bytes.byte(at: value.lowerBound)
      case (14, 8):
        let number = bytes.littleEndianUInt64(at: value.lowerBound)
        offset = Int64(bitPattern: isBigEndian ? number.byteSwapped : number)
      default: break
      }
    }
    interfaces.append(interface)
    clocks.append(
      InterfaceClock(
        linkType: linkType, resolution: TimestampResolution(code: resolution, offset: offset),
        snapLength: interface.snapLength))
    return true
  }

  /// Enhanced Packet Block, section 4.3.
  @inline(__always)
  private mutating func readEnhancedPacket(_ length: Int) -> Bool {
    guard length >= 32 else { return end(because: "a packet block of \(length) bytes") }
    return readPacket(length, interface: Int(number32(at: 8)))
  }

  /// Packet Block, obsolete, appendix A: it counts what was lost since the packet before, 0xffff for unknown.
  private mutating func readObsoletePacket(_ length: Int) -> Bool {
    guard length >= 32 else { return end(because: "a packet block of \(length) bytes") }
    let lost = number16(at: 10)
    if lost != 0xffff { droppedByInterface &+= UInt64(lost) }
    return readPacket(length, interface: Int(number16(at: 8)))
  }

  /// The part that both packet blocks share: time in two halves, the lengths, the bytes, options.
  @inline(__always)
  private mutating func readPacket(_ length: Int, interface number: Int) -> Bool {
    let interface = sectionStart &+ number
    guard interface < clocks.count else {
      return end(because: "a frame of interface \(number), which its section does not describe")
    }
    let captured = Int(number32(at: 20))
    guard captured <= CaptureFile.largestFrame, captured <= length - 32 else {
      return end(because: "a frame of \(captured) bytes in a block of \(length)")
    }
    let ticks = UInt64(number32(at: 12)) << 32 | UInt64(number32(at: 16))
    take(interface: interface, offset: 28, captured: captured, original: number32(at: 24))
    let optionsStart = 28 + (captured + 3) & ~3
    head.options = optionsStart < length - 4 ? optionsStart..<length - 4 : 0..<0
    note(time: clocks[interface].resolution.nanoseconds(ticks), interface: interface)
    return true
  }

  /// Simple Packet Block, section 4.4: no time, so that of the frame before stands in.
  private mutating func readSimplePacket(_ length: Int) -> Bool {
    guard length >= 16 else { return end(because: "a simple packet block of \(length) bytes") }
    guard sectionStart < clocks.count else {
      return end(because: "a frame of an interface that its section does not describe")
    }
    let original = number32(at: 8)
    let limit = clocks[sectionStart].snapLength
    let captured = min(Int(original), limit == 0 ? .max : Int(limit), length - 16)
    guard captured <= CaptureFile.largestFrame else { return end(because: "a frame of \(captured) bytes") }
    take(interface: sectionStart, offset: 12, captured: captured, original: original)
    head.options = 0..<0
    head.time = lastTime
    head.stepBack = 0
    return true
  }

  @inline(__always)
  private mutating func take(interface: Int, offset: Int, captured: Int, original: UInt32) {
    head.offset = offset
    head.captured = captured
    head.original = max(original, UInt32(truncatingIfNeeded: captured))
    head.interface = interface
    head.linkType = clocks[interface].linkType
  }

  /// Interface Statistics Block, section 4.6: drops are counted from the start of the capture.
  private mutating func readStatistics(_ length: Int) {
    guard length >= 24 else { return }
    let interface = sectionStart &+ Int(number32(at: 8))
    guard interface < clocks.count else { return }
    var byInterface: UInt64?
    var bySystem: UInt64?
    forEachOption(in: 20..<length - 4) { code, value, bytes, isBigEndian in
      guard code == 5 || code == 7, value.count == 8 else { return }
      let number = bytes.littleEndianUInt64(at: value.lowerBound)
      let count = isBigEndian ? number.byteSwapped : number
      if code == 5 { byInterface = count } else { bySystem = count }
    }
    if let count = byInterface {
      let before = clocks[interface].interfaceDrops
      if count > before { droppedByInterface &+= count - before }
      clocks[interface].interfaceDrops = count
    }
    if let count = bySystem {
      let before = clocks[interface].systemDrops
      if count > before { droppedBySystem &+= count - before }
      clocks[interface].systemDrops = count
    }
  }

  /// The comments of the frame that the file stands at (section 3.5, `opt_comment`), in their order.
  func frameComments() -> [String] {
    var comments: [String] = []
    forEachOption(in: head.options) { code, value, bytes, _ in
      if code == 1 { comments.append(bytes.text(in: value)) }
    }
    return comments
  }

  /// Whether the frame that the file stands at has a comment.
  var hasComment: Bool {
    var found = false
    forEachOption(in: head.options) { code, _, _, _ in found = found || code == 1 }
    return found
  }

  /// Visits the options in a range of the window (section 3.5) up to their end, or up to one that is too long.
  private func forEachOption(
    in range: Range<Int>,
    _ visit: (_ code: UInt16, _ value: Range<Int>, _ bytes: borrowing RawSpan, _ isBigEndian: Bool) -> Void
  ) {
    var offset = range.lowerBound
    while range.upperBound - offset >= 4 {
      let code = number16(at: offset)
      let count = Int(number16(at: offset + 2))
      guard code != 0, count <= range.upperBound - offset - 4 else { return }
      visit(code, offset + 4..<offset + 4 + count, buffer.bytes, isBigEndian)
      offset += 4 + (count + 3) & ~3
    }
  }
}
