/// Something that a display filter can be asked about.
protocol DisplayFilterSubject {
  /// Whether a flag holds.
  func holds(_ word: DisplayFilterWord) -> Bool

  /// Whether any value that it has for `word` stands so to `value`.
  func any(
    _ word: DisplayFilterWord, _ comparison: DisplayFilterCondition.Comparison, _ value: DisplayFilterCondition.Value
  ) -> Bool
}
