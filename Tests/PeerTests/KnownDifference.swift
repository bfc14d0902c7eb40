/// A field in which imstrace and tshark differ, and why imstrace reads it so.
struct KnownDifference {
  /// The file below the folder of the shared captures.
  var file: String
  /// The frame.
  var frame: Int
  /// The field, by tshark's name.
  var field: String
  /// What imstrace says.
  var ours: [String]
  /// What tshark says.
  var theirs: [String]
  /// Which options of tshark were tried, without changing what it says.
  var optionsTried: String
  /// The clause by which imstrace reads it so.
  var clause: String

  /// How many there may be.
  static let most = 20

  /// All of them: none.
  static let all: [KnownDifference] = []
}
