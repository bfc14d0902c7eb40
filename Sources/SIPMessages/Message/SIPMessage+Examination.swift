import ByteReading

extension SIPMessage {
  /// All that is wrong with the message: what the one pass found, and what the headers show that it left alone. For
  /// reports about a message, not for every message.
  public func examined() -> SIPFlaws {
    var flaws = self.flaws
    if isRequest { flaws.formUnion(examinedRequestURI()) }
    for field in fields {
      flaws.formUnion(examined(field))
    }
    return flaws
  }

  /// RFC 3261 section 19.1.1, table 1: no header fields in a Request-URI.
  private func examinedRequestURI() -> SIPFlaws {
    let uri = uri(requestURI)
    return (uri.scheme == .sip || uri.scheme == .sips) && !uri.headers.isEmpty ? .requestURIMalformed : []
  }

  private func examined(_ field: SIPHeaderField) -> SIPFlaws {
    switch field.name {
    case .via: return examinedVias(field)
    case .contact, .route, .recordRoute, .path, .serviceRoute, .pAssertedIdentity, .pPreferredIdentity,
      .pAssociatedURI, .referTo, .referredBy, .replyTo, .historyInfo, .diversion:
      return examinedAddresses(field)
    case .date: return isDate(field.value) ? [] : .dateMalformed
    // RFC 3261 section 20.22: 0 to 255.
    case .maxForwards: return examinedNumber(field.value, limit: 255)
    // RFC 3261 section 20.19 and 20.23: below 2^32; RFC 3262 section 7.1 for RSeq.
    case .expires, .minExpires, .retryAfter, .rseq, .minSE, .sessionExpires:
      return examinedNumber(field.value, limit: UInt64(UInt32.max))
    case .warning: return examinedWarnings(field)
    default: return []
    }
  }

  private func examinedVias(_ field: SIPHeaderField) -> SIPFlaws {
    var flaws: SIPFlaws = []
    var elements = ListReader(span, in: field.value.range)
    while let element = elements.next() {
      // What only holds separators is no hop (RFC 4475 section 3.1.2.1).
      let isHop = span.byte(at: element.lowerBound) != UInt8(ascii: ";")
      flaws.formUnion(isHop ? SIPVia(span, in: element).flaws : .separatorExtraneous)
    }
    return elements.sawEmpty ? flaws.union(.separatorExtraneous) : flaws
  }

  private func examinedAddresses(_ field: SIPHeaderField) -> SIPFlaws {
    var flaws: SIPFlaws = []
    var elements = ListReader(span, in: field.value.range)
    while let element = elements.next() {
      let address = SIPNameAddress(span, in: element)
      flaws.formUnion(address.flaws)
      if field.name == .contact, let text = parameter("expires", in: address.parameters), !text.isEmpty {
        flaws.formUnion(examinedNumber(text, limit: UInt64(UInt32.max)))
      }
    }
    return elements.sawEmpty ? flaws.union(.separatorExtraneous) : flaws
  }

  private func examinedNumber(_ range: ByteRange, limit: UInt64) -> SIPFlaws {
    let value = range.range
    var end = value.lowerBound
    while end < value.upperBound, span.byte(at: end).isDigit { end += 1 }
    guard let number = span.decimal(in: value.lowerBound..<end) else { return .scalarOutOfRange }
    return number > limit ? .scalarOutOfRange : []
  }

  /// RFC 3261 section 20.43: a code of three digits.
  private func examinedWarnings(_ field: SIPHeaderField) -> SIPFlaws {
    var flaws: SIPFlaws = []
    var elements = ListReader(span, in: field.value.range)
    while let element = elements.next() {
      let code = SIPWarning(parsing: span, in: ByteRange(element))?.code ?? 0
      if !(100...999).contains(code) { flaws.insert(.scalarOutOfRange) }
    }
    return flaws
  }

  /// RFC 3261 section 20.17: `SIP-date`, always GMT: `Sat, 13 Nov 2010 23:29:00 GMT`.
  private func isDate(_ range: ByteRange) -> Bool {
    let value = range.range
    let pattern: StaticString = "aaa, dd aaa dddd dd:dd:dd GMT"
    guard value.count == pattern.utf8CodeUnitCount else { return false }
    return "\(pattern)".utf8.enumerated().allSatisfy { index, wanted in
      let letter = span.byte(at: value.lowerBound + index)
      return switch wanted {
      case UInt8(ascii: "a"): letter.isLetter
      case UInt8(ascii: "d"): letter.isDigit
      default: letter == wanted
      }
    }
  }
}
