import CLibFuzzer
import EntryPoints

/// libFuzzer's call for a change: one in four its own, else one that knows what the input is made of, which finds more.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(_ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ maximum: Int, _ seed: UInt32) -> Int {
  var random = SeededRandom(seed)
  if size == 0 || random.below(4) == 0 { return LLVMFuzzerMutate(data, size, maximum) }
  let bytes = Array(UnsafeBufferPointer(start: data, count: size))
  let changed = StructuredMutation.changed(bytes, chosen.shape, maximum, &random)
  return put(changed, data, size, maximum)
}

/// libFuzzer's call for one input out of two: parts of the second among those of the first.
@_cdecl("LLVMFuzzerCustomCrossOver")
public func crossOver(
  _ first: UnsafePointer<UInt8>, _ firstSize: Int, _ second: UnsafePointer<UInt8>, _ secondSize: Int,
  _ target: UnsafeMutablePointer<UInt8>, _ maximum: Int, _ seed: UInt32
) -> Int {
  var random = SeededRandom(seed)
  let joined = StructuredMutation.joined(
    Array(UnsafeBufferPointer(start: first, count: firstSize)),
    Array(UnsafeBufferPointer(start: second, count: secondSize)), chosen.shape, &random)
  let count = min(joined.count, maximum)
  for place in 0..<count { target[place] = joined[place] }
  return count
}

private func put(_ changed: [UInt8], _ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ maximum: Int) -> Int {
  guard !changed.isEmpty else { return LLVMFuzzerMutate(data, size, maximum) }
  let count = min(changed.count, maximum)
  for place in 0..<count { data[place] = changed[place] }
  return count
}
