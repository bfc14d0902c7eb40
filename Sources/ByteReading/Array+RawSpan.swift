extension [UInt8] {
  /// The bytes as what the readers take, borrowed for as long as the array is.
  @inlinable
  public var rawSpan: RawSpan {
    @_lifetime(borrow self)
    get { unsafe span.bytes }
  }
}
