/// What says that a payload is not encrypted.
enum StructureEvidence {
  /// Its structure alone: it must be without fault, checksums included.
  case structureAlone
  /// Something else says so, or packets before this one showed it.
  case expected
}
