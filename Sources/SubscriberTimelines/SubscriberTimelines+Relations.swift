extension SubscriberTimelines {
  /// Where an open record is, so that it is known again when it has been completed in the meantime.
  struct RecordSeat {
    let id: RecordIdentifier
    let place: Int
    let generation: UInt32
  }

  /// The seat of an open call or messaging record.
  func seat(of place: Int) -> RecordSeat? {
    guard let record = open[place] else { return nil }
    let id = RecordIdentifier(
      kind: record.call != nil ? .call : record.messaging != nil ? .messaging : .registration,
      key: record.trail.callIDs.first ?? "", tag: record.openerTagText, start: record.trail.start)
    return RecordSeat(id: id, place: place, generation: open.generations[place])
  }

  /// Lets two records name each other; `other` is `relation` to the record at `place`. One that was completed before is
  /// only named.
  mutating func relate(
    _ place: Int, _ relation: RelatedRecord.Relation, _ other: RecordSeat, by key: Dialog.JoinKey,
    confidence: Double? = nil
  ) {
    guard let own = seat(of: place), own.id != other.id else { return }
    let confidence = confidence ?? key.confidence
    note(RelatedRecord(id: other.id, relation: relation, joinedBy: key, confidence: confidence), in: place)
    guard open.generations[other.place] == other.generation, open[other.place] != nil else { return }
    note(
      RelatedRecord(id: own.id, relation: relation.inverse, joinedBy: key, confidence: confidence), in: other.place)
  }

  private mutating func note(_ related: RelatedRecord, in place: Int) {
    guard let known = open[place]?.related, known.count < RelatedRecord.kept,
      !known.contains(where: { $0.id == related.id && $0.relation == related.relation })
    else { return }
    open[place]?.related.append(related)
  }
}
