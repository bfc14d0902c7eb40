extension ObservedMediaStream {
  /// Whether `later` is the same stream after a pause: a call on hold sends nothing for minutes, and goes on with the
  /// same source and numbers.
  public func isContinued(by later: ObservedMediaStream) -> Bool {
    source == later.source && destination == later.destination && synchronizationSource == later.synchronizationSource
      && kind == later.kind
  }

  /// Adds a part of the same stream that came later. What lies between the parts is no loss: nobody knows what was sent.
  public mutating func append(_ later: ObservedMediaStream) {
    let weight = Double(packets)
    let weightOfLater = Double(later.packets)
    if let mean = meanJitter, let meanOfLater = later.meanJitter, weight + weightOfLater > 0 {
      meanJitter = Int64((Double(mean) * weight + Double(meanOfLater) * weightOfLater) / (weight + weightOfLater))
    } else {
      meanJitter = meanJitter ?? later.meanJitter
    }
    greatestJitter = max(greatestJitter ?? 0, later.greatestJitter ?? 0)
    lastJitter = later.lastJitter ?? lastJitter
    if clockRate == 0 || isClockRateEstimated, later.clockRate != 0 {
      clockRate = later.clockRate
      isClockRateEstimated = later.isClockRateEstimated
    }
    if later.evidence == .description { evidence = .description }
    series.append(later.series, at: later.start.nanoseconds(since: start))
    end = later.end
    lastFrame = later.lastFrame
    packets &+= later.packets
    openedPackets &+= later.openedPackets
    octets &+= later.octets
    copies &+= later.copies
    expected &+= later.expected
    lost &+= later.lost
    duplicates &+= later.duplicates
    reordered &+= later.reordered
    restarts &+= later.restarts
    longestLoss = max(longestLoss, later.longestLoss)
    lossRuns &+= later.lossRuns
    bursts &+= later.bursts
    packetsInBursts &+= later.packetsInBursts
    lostInBursts &+= later.lostInBursts
    if later.largestGap > largestGap {
      largestGap = later.largestGap
      largestGapFrame = later.largestGapFrame
    }
    appendContent(later)
  }

  private mutating func appendContent(_ later: ObservedMediaStream) {
    if codec != later.codec { codecChanges &+= 1 }
    if speechRate == 0 || later.packets > packets / 2 { speechRate = later.speechRate }
    for format in later.formats {
      if let place = formats.firstIndex(where: { $0.format == format.format }) {
        formats[place].packets &+= format.packets
      } else if formats.count < MediaStreamTable.keptFormats {
        formats.append(format)
      }
    }
    codecChanges &+= later.codecChanges
    packetTime = packetTime == 0 ? later.packetTime : packetTime
    pauses &+= later.pauses
    noiseFrames &+= later.noiseFrames
    silentPackets &+= later.silentPackets
    speechModes |= later.speechModes
    interoperableFrames &+= later.interoperableFrames
    emptyFrames &+= later.emptyFrames
    damagedFrames &+= later.damagedFrames
    malformedPackets &+= later.malformedPackets
    keyFrames &+= later.keyFrames
    telephoneEventCount &+= later.telephoneEventCount
    telephoneEvents += later.telephoneEvents.prefix(max(0, TelephoneEvents.kept - telephoneEvents.count))
    if let session = later.messageSession { messageSession?.append(session) }
    hasBye = hasBye || later.hasBye
    senderReports &+= later.senderReports
    applicationPackets &+= later.applicationPackets
    canonicalName = later.canonicalName ?? canonicalName
    reported = later.reported ?? reported
  }
}
