import ByteReading
import CaptureFacts

/// The records that were completed lately, so that what comes later is called late and not a record of its own.
struct ClosedRecords {
  /// How long a record is remembered: the time an S-CSCF may wait for the answer to its challenge (reg-await-auth, 4
  /// minutes, TS 24.229 table 7.8.1), twice over.
  static let memory: Int64 = 480_000_000_000

  /// How many are remembered in each half of that time.
  static let capacity = 1 << 17

  private var recent: [KeyedHash: RecordIdentifier] = [:]
  private var older: [KeyedHash: RecordIdentifier] = [:]
  private var turned: Timestamp?

  /// Remembers that the dialog with this Call-ID belongs to a completed record.
  mutating func note(_ callID: KeyedHash, _ record: RecordIdentifier, at time: Timestamp) {
    if recent.count >= ClosedRecords.capacity || time.nanoseconds(since: turned ?? time) > ClosedRecords.memory / 2 {
      older = recent
      recent = [:]
      turned = time
    } else if turned == nil {
      turned = time
    }
    recent[callID] = record
  }

  /// The completed record that this Call-ID belongs to.
  func record(_ callID: KeyedHash) -> RecordIdentifier? {
    recent[callID] ?? older[callID]
  }
}
