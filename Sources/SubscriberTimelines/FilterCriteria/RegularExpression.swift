import CLibPCRE2

/// A regular expression of a service point trigger (TS 29.228 annex B.2.3: extended regular expressions of POSIX), which a
/// hostile HSS may have written: its length, its nesting and the work of a match are bounded.
@safe final class RegularExpression {
  /// The longest expression that is looked at; triggers of real profiles have a few dozen characters.
  static let longestPattern = 512

  /// How deep parentheses may nest.
  static let nestingLimit: UInt32 = 32

  /// How many steps a match may take; a header of a kilobyte against a trigger of real profiles takes some thousand.
  static let matchLimit: UInt32 = 100_000

  private let code: OpaquePointer
  private let result: OpaquePointer
  private let context: OpaquePointer

  /// Nil where the pattern is none, or is beyond the bounds.
  init?(_ pattern: String) {
    guard pattern.utf8.count <= RegularExpression.longestPattern,
      let settings = unsafe pcre2_compile_context_create_8(nil)
    else { return nil }
    defer { unsafe pcre2_compile_context_free_8(settings) }
    unsafe pcre2_set_parens_nest_limit_8(settings, RegularExpression.nestingLimit)
    var failure: Int32 = 0
    var offset = 0
    let bytes = Array(pattern.utf8)
    let compiled = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe pcre2_compile_8(
        buffer.baseAddress, buffer.count, PCRE2_NEVER_UTF | PCRE2_NEVER_BACKSLASH_C, &failure, &offset,
        settings)
    }
    guard let code = unsafe compiled else { return nil }
    guard let result = unsafe pcre2_match_data_create_8(1, nil) else {
      unsafe pcre2_code_free_8(code)
      return nil
    }
    guard let context = unsafe pcre2_match_context_create_8(nil) else {
      unsafe pcre2_match_data_free_8(result)
      unsafe pcre2_code_free_8(code)
      return nil
    }
    unsafe pcre2_set_match_limit_8(context, RegularExpression.matchLimit)
    unsafe (self.code, self.result, self.context) = (code, result, context)
  }

  deinit {
    unsafe pcre2_match_context_free_8(context)
    unsafe pcre2_match_data_free_8(result)
    unsafe pcre2_code_free_8(code)
  }

  /// Whether the expression matches anywhere in `text`; nil where that would take too much work.
  func matches(_ text: String) -> Bool? {
    let bytes = Array(text.utf8)
    let found = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe pcre2_match_8(code, buffer.baseAddress, buffer.count, 0, 0, result, context)
    }
    if found >= 0 { return true }
    return found == PCRE2_ERROR_NOMATCH ? false : nil
  }
}
