import CJSONC
import CaptureFacts

/// A value of a line that was read. Borrowed from the line: it must not outlive it.
@safe
struct StreamValue {
  private let handle: OpaquePointer

  init(_ handle: OpaquePointer) {
    unsafe self.handle = handle
  }

  private func isOf(_ type: json_type) -> Bool { unsafe json_object_get_type(handle) == type }

  /// The member of an object; nil where this is none, or has no such member, or it is null.
  func member(_ key: String) -> StreamValue? {
    guard isObject else { return nil }
    var value: OpaquePointer?
    guard unsafe json_object_object_get_ex(handle, key, &value) != 0, let value = unsafe value else { return nil }
    return unsafe StreamValue(value)
  }

  var isObject: Bool { isOf(json_type_object) }

  /// A whole number that fits; nil for all else.
  func integer<Number: FixedWidthInteger>(as type: Number.Type = Number.self) -> Number? {
    guard isOf(json_type_int) else { return nil }
    let signed = unsafe json_object_get_int64(handle)
    return signed < 0 ? Number(exactly: signed) : Number(exactly: unsafe json_object_get_uint64(handle))
  }

  var flag: Bool? {
    isOf(json_type_boolean) ? unsafe json_object_get_boolean(handle) != 0 : nil
  }

  /// The bytes of a string in UTF-8, copied.
  var bytes: [UInt8]? {
    guard isOf(json_type_string), let start = unsafe json_object_get_string(handle) else { return nil }
    let count = unsafe Int(json_object_get_string_len(handle))
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  var string: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

  var elements: [StreamValue]? {
    guard isOf(json_type_array) else { return nil }
    let count = unsafe json_object_array_length(handle)
    var elements: [StreamValue] = []
    elements.reserveCapacity(Int(count))
    for place in 0..<count {
      // A null has no handle and is none of the values that lists hold.
      guard let element = unsafe json_object_array_get_idx(handle, place) else { return nil }
      elements.append(unsafe StreamValue(element))
    }
    return elements
  }

  var frame: FrameReference? {
    if let number = integer(as: UInt64.self) { return FrameReference(number: number) }
    guard let parts = elements, parts.count == 3, let number = parts[0].integer(as: UInt64.self),
      let file = parts[1].integer(as: UInt32.self), let inFile = parts[2].integer(as: UInt32.self)
    else { return nil }
    return FrameReference(number: number, file: file, numberInFile: inFile)
  }
}
