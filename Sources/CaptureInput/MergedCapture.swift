import ByteReading
import CaptureFacts

/// One or several capture files as one capture, merged by time. The merge is stable, and one file is never reordered:
/// of the frames that are next in their files the earliest comes, of equals the one of the file named first.
@safe
public struct MergedCapture: CaptureSource, ~Copyable {
  private var files: OpenFiles
  private var order: MergeOrder
  private var filter: CaptureFilter?

  /// Which file each file continues: one that ended before its first frame; nil for none.
  private var predecessors: [Int?]

  /// The files that are at their end and that no other continues so far.
  private var endedFiles: [Int] = []

  /// The file that the current frame is of; -1 before the first.
  private var currentFile = -1

  /// How many frames were read of all files. Custom and journal blocks of pcapng count, although they are not
  /// delivered: Wireshark numbers them, and frame numbers are to be looked up there.
  public private(set) var frameCount: UInt64 = 0

  /// What was read of each input so far, in the order in which they were named.
  public var summaries: [CaptureFileSummary] { (0..<files.count).map { files[$0].summary } }

  /// All interfaces of all inputs: `CapturedFrame.interface` is an index here. The files of a rotated capture follow
  /// each other in time, and have theirs in common.
  public private(set) var interfaces: [CaptureInterface] = []

  /// The inputs that each of `interfaces` is described in, as indices of `summaries`.
  public private(set) var interfaceFiles: [[Int]] = []

  /// What kept parts of the inputs from being read.
  public private(set) var anomalies = AnomalyLedger()

  /// What the user should be told about inputs that were read in part.
  public private(set) var warnings: [CaptureInputFailure] = []

  /// Whether the current frame has options, comments among them.
  public private(set) var hasFrameOptions = false

  @usableFromInline var reference = FrameReference(number: 0)
  @usableFromInline var time = Timestamp(nanoseconds: 0)
  @usableFromInline var interface: UInt32 = 0
  @usableFromInline var linkType = LinkType(rawValue: 0)
  @usableFromInline var originalLength: UInt32 = 0
  @usableFromInline var frameBytes = unsafe UnsafeRawBufferPointer(start: nil, count: 0)

  /// Opens all inputs, before anything is read but their first headers: paths of files, of directories (all capture
  /// files in them, by name), `-` for standard input. Throws one sentence for the first that cannot be read, and for a
  /// filter that has no meaning. `isInterrupted` ends input that waits for more.
  public init(
    _ inputs: [String], filter expression: String? = nil, isInterrupted: CaptureInterruption? = nil
  ) throws(CaptureInputFailure) {
    var opened = try OpenFiles.open(inputs, isInterrupted: isInterrupted)
    filter = try MergedCapture.compile(expression, for: &opened)
    for index in 0..<opened.count { opened[index].summary.interfaces = opened[index].interfaces }
    predecessors = Array(repeating: nil, count: opened.count)
    order = MergeOrder(capacity: opened.count)
    files = opened
  }

  /// Compiles a filter for the interfaces at the start of each file; pcapng may bring more later.
  private static func compile(
    _ expression: String?, for files: inout OpenFiles
  ) throws(CaptureInputFailure) -> CaptureFilter? {
    guard let expression else { return nil }
    var filter = CaptureFilter(expression)
    for index in 0..<files.count {
      files[index].readInterfacesAhead()
      for interface in files[index].interfaces { try filter.compile(for: interface.linkType) }
    }
    return filter
  }

  /// How much of the inputs was read, from 0 to 1; nil where the size of one is not known.
  public var readPart: Double? {
    var taken: UInt64 = 0
    var size: UInt64 = 0
    for index in 0..<files.count {
      guard let bytes = files[index].buffer.input.size else { return nil }
      taken += files[index].buffer.input.taken
      size += bytes
    }
    return size > 0 ? min(Double(taken) / Double(size), 1) : nil
  }

  /// Moves to the next frame; false at the end of all inputs. What is wrong with an input ends that input alone.
  public mutating func advance() -> Bool {
    while let index = nextFile() {
      if files[index].numberedRecords != 0 { takeNumberedRecords(of: index) }
      // Nothing below but `takeInterfaces` looks at the files by another way.
      unsafe count(&files.address(of: index).pointee, index)
      if filter != nil, !passesFilter(index) { continue }
      if files[index].head.interface >= files[index].interfaceIndices.count { takeInterfaces(of: index) }
      unsafe present(&files.address(of: index).pointee)
      return true
    }
    unsafe frameBytes = UnsafeRawBufferPointer(start: nil, count: 0)
    return false
  }

  /// Gives the frame that a file stands at its number.
  @inline(__always)
  private mutating func count(_ file: inout CaptureFile, _ index: Int) {
    frameCount &+= 1
    file.summary.frames &+= 1
    reference = FrameReference(
      number: frameCount, file: UInt32(truncatingIfNeeded: index),
      numberInFile: UInt32(truncatingIfNeeded: file.summary.frames))
    if file.head.stepBack != 0 { note(.clockSteppedBack, amount: UInt64(file.head.stepBack) / 1_000_000) }
  }

  @inline(never)
  private mutating func passesFilter(_ index: Int) -> Bool {
    let head = files[index].head
    let bytes = unsafe RawSpan(_unsafeStart: files[index].buffer.address + head.offset, byteCount: head.captured)
    return filter?.passes(bytes, originalLength: head.original, linkType: head.linkType) == true
  }

  /// Makes the frame that a file stands at the current one.
  @inline(__always)
  private mutating func present(_ file: inout CaptureFile) {
    let head = file.head
    if head.captured < Int(head.original) {
      note(.frameCutBySnapLength, amount: UInt64(head.original) - UInt64(head.captured))
    }
    file.summary.select(head)
    time = Timestamp(nanoseconds: head.time)
    interface = file.interfaceIndices[head.interface]
    linkType = head.linkType
    originalLength = head.original
    hasFrameOptions = !head.options.isEmpty
    if hasFrameOptions, file.hasComment { file.summary.commentedFrames &+= 1 }
    unsafe frameBytes = UnsafeRawBufferPointer(
      start: file.buffer.address + head.offset, count: head.captured)
  }

  /// The frame that `advance()` moved to.
  public var frame: CapturedFrame {
    @inlinable @_lifetime(borrow self) borrowing get {
      let span = unsafe RawSpan(_unsafeBytes: frameBytes)
      let bytes = unsafe _overrideLifetime(span, borrowing: self)
      return CapturedFrame(
        reference: reference, time: time, interface: interface, linkType: linkType, originalLength: originalLength,
        bytes: bytes)
    }
  }

  /// The frames behind the current one that can be passed without `advance()`; those that were are to be taken before
  /// anything else. None where several files are merged, or a filter asks for each frame.
  public var run: FrameRun {
    @_lifetime(borrow self) borrowing get {
      guard files.count == 1, filter == nil, currentFile == 0 else { return FrameRun.empty }
      let file = unsafe files.address(of: 0)
      let window = unsafe RawSpan(_unsafeStart: file.pointee.buffer.address, byteCount: file.pointee.buffer.available)
      let bytes = unsafe _overrideLifetime(window, borrowing: self)
      return unsafe file.pointee.run(in: bytes, behind: reference)
    }
  }

  /// Counts the frames that were passed of `run`. There is no current frame then.
  public mutating func take(_ passage: FramePassage) {
    guard passage.count > 0 else { return }
    files[0].take(passage)
    frameCount &+= passage.count
    reference = FrameReference(
      number: frameCount, file: 0, numberInFile: UInt32(truncatingIfNeeded: files[0].summary.frames))
    hasFrameOptions = false
    unsafe frameBytes = UnsafeRawBufferPointer(start: nil, count: 0)
  }

  /// The names that the inputs give to addresses, in the order in which they stand.
  public var resolvedNames: [ResolvedName] {
    (0..<files.count).flatMap { files[$0].names }
  }

  /// What the inputs hold to open what is encrypted in them.
  public var decryptionSecrets: [DecryptionSecrets] {
    (0..<files.count).flatMap { files[$0].secrets }
  }

  /// The comments of the current frame, in their order; made when asked for.
  public var frameComments: [String] {
    currentFile < 0 ? [] : files[currentFile].frameComments()
  }

  /// Moves the file of the last frame on and picks the file whose frame is next.
  @inline(__always)
  private mutating func nextFile() -> Int? {
    if currentFile < 0 {
      for file in 0..<files.count where moveOn(file) {
        order.insert(file, at: files[file].head.time)
      }
    } else if files.count == 1 {
      return moveOn(0) ? 0 : nil
    } else if moveOn(currentFile) {
      order.replaceFirst(time: files[currentFile].head.time)
    } else {
      order.removeFirst()
    }
    guard let first = order.first else { return nil }
    currentFile = first
    return first
  }

  @inline(__always)
  private mutating func moveOn(_ file: Int) -> Bool {
    let found = files[file].advance()
    if !found || files[file].interfaces.count != files[file].summary.interfaces.count
      || files[file].droppedByInterface | files[file].droppedBySystem != 0
    {
      takeNews(of: file, isAtEnd: !found)
    }
    return found
  }

  /// Takes over what a file found beside frames: interfaces, drops, damage.
  @inline(never)
  private mutating func takeNews(of file: Int, isAtEnd: Bool) {
    if isAtEnd {
      takeNumberedRecords(of: file)
      takeInterfaces(of: file)
      endedFiles.append(file)
      files[file].summary.names = files[file].names.count
      files[file].summary.decryptionSecrets = files[file].secretsBlocks
    }
    files[file].summary.interfaces = files[file].interfaces
    let dropped = (files[file].droppedByInterface, files[file].droppedBySystem)
    files[file].droppedByInterface = 0
    files[file].droppedBySystem = 0
    let last = FrameReference(
      number: max(frameCount, 1), file: UInt32(truncatingIfNeeded: file),
      numberInFile: max(UInt32(truncatingIfNeeded: files[file].summary.frames), 1))
    if dropped.0 > 0 { note(.packetsDroppedByInterface, amount: dropped.0, frame: last) }
    if dropped.1 > 0 { note(.packetsDroppedByKernel, amount: dropped.1, frame: last) }
    if isAtEnd, !files[file].summary.isDamaged, let damage = files[file].damage {
      files[file].summary.isDamaged = true
      warnings.append(
        CaptureInputFailure(input: files[file].summary.name, message: damage + "; the frames before are used"))
      note(.fileDamaged, amount: 0, frame: last)
    }
    // The files of a rotation follow each other: what one needed is free for others.
    if isAtEnd { files[file].buffer.release() }
    if isAtEnd, let words = filter?.takeWarnings() {
      for message in words {
        warnings.append(CaptureInputFailure(input: files[file].summary.name, message: message))
      }
    }
  }

  /// Takes over the interfaces of a file that has had a frame, or has none.
  @inline(never)
  private mutating func takeInterfaces(of file: Int) {
    if files[file].interfaceIndices.isEmpty, let first = files[file].interfaces.first {
      predecessors[file] = takePredecessor(of: file, first)
    }
    for index in files[file].interfaceIndices.count..<files[file].interfaces.count {
      let interface = files[file].interfaces[index]
      if let before = predecessors[file], index < files[before].interfaceIndices.count,
        interfaces[Int(files[before].interfaceIndices[index])] == interface
      {
        let known = files[before].interfaceIndices[index]
        files[file].interfaceIndices.append(known)
        interfaceFiles[Int(known)].append(file)
      } else {
        files[file].interfaceIndices.append(UInt32(truncatingIfNeeded: interfaces.count))
        interfaces.append(interface)
        interfaceFiles.append([file])
      }
    }
  }

  /// The file that another one continues: it has ended, and begins with the same interface. Of several the one whose
  /// name is most alike, for the files of a rotation differ in their last characters.
  private mutating func takePredecessor(of file: Int, _ first: CaptureInterface) -> Int? {
    var best: (place: Int, likeness: Int)?
    for (place, ended) in endedFiles.enumerated() where files[ended].interfaces.first == first {
      let likeness = zip(files[ended].summary.name.utf8, files[file].summary.name.utf8).prefix { $0 == $1 }.count
      if likeness >= best?.likeness ?? 0 { best = (place, likeness) }
    }
    return best.map { endedFiles.remove(at: $0.place) }
  }

  /// Numbers the records before the next frame of a file that Wireshark numbers as well.
  @inline(never)
  private mutating func takeNumberedRecords(of file: Int) {
    let count = files[file].numberedRecords
    files[file].numberedRecords = 0
    frameCount &+= count
    files[file].summary.frames &+= count
  }

  @inline(never)
  private mutating func note(_ kind: AnomalyKind, amount: UInt64, frame: FrameReference? = nil) {
    anomalies.record(kind, at: .captureFile, frame: frame ?? reference, detail: UInt32(clamping: amount))
  }
}
