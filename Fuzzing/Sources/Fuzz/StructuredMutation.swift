import CLibFuzzer
import EntryPoints

/// Changes of inputs that keep them what they are: parts repeated, left out, exchanged, taken from another input, or
/// changed inside, with the lengths around them made true again.
enum StructuredMutation {
  /// A change of `bytes`; empty where none can be made.
  static func changed(
    _ bytes: [UInt8], _ shape: InputShape, _ maximum: Int, _ random: inout SeededRandom
  ) -> [UInt8] {
    guard var input = StructuredInput(bytes, shape) else { return [] }
    let count = input.parts.count
    guard count > 0 else { return [] }
    let place = random.below(count)
    switch random.below(6) {
    case 0:
      input.parts.insert(input.parts[place], at: random.below(count + 1))
    case 1 where count > 1:
      input.parts.remove(at: place)
    case 2 where count > 1:
      input.parts.swapAt(place, random.below(count))
    default:
      let part = input.parts[place]
      // A part may be made of parts itself.
      if let inner = part.shape, random.below(4) != 0 {
        let changed = changed(part.content, inner, maximum, &random)
        if !changed.isEmpty { input.parts[place].content = changed }
      } else {
        input.parts[place].content = mutated(part.content, maximum)
      }
    }
    return input.bytes(hasTrueLengths: random.below(16) != 0)
  }

  /// The first with some parts of the second.
  static func joined(
    _ first: [UInt8], _ second: [UInt8], _ shape: InputShape, _ random: inout SeededRandom
  ) -> [UInt8] {
    guard var input = StructuredInput(first, shape), let other = StructuredInput(second, shape), !other.parts.isEmpty
    else { return first + second }
    for _ in 0...random.below(3) {
      let part = other.parts[random.below(other.parts.count)]
      let place = random.below(input.parts.count + 1)
      if place < input.parts.count, random.below(2) == 0 {
        // Parts that are made alike may be joined themselves.
        if let shape = part.shape, input.parts[place].shape == shape, random.below(2) == 0 {
          input.parts[place].content = joined(input.parts[place].content, part.content, shape, &random)
        } else {
          input.parts[place] = part
        }
      } else {
        input.parts.insert(part, at: place)
      }
    }
    return input.bytes(hasTrueLengths: true)
  }

  private static func mutated(_ content: [UInt8], _ maximum: Int) -> [UInt8] {
    let room = min(max(maximum, content.count), content.count + 64)
    var buffer = content + Array(repeating: 0, count: room - content.count)
    guard room > 0 else { return content }
    let count = buffer.withUnsafeMutableBufferPointer { LLVMFuzzerMutate($0.baseAddress, content.count, room) }
    return Array(buffer.prefix(count))
  }
}
