import CaptureFacts
import Testing

@testable import StreamReassembly

/// The hash of a pair is one that whoever writes the capture cannot aim for.
struct EndpointPairTests {
  /// Constants that stood in a hash, and what makes a factor zero without a key.
  @Test(
    "addresses chosen to cancel a factor do not make all others hash alike",
    arguments: [0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93, 0, .max] as [UInt64])
  func cancelled(_ chosen: UInt64) {
    let first = UInt64.random(in: .min ... .max)
    let second = UInt64.random(in: .min ... .max)
    let peer = Endpoint(address: IPAddress(high: 0x2001_0db8_ffff_0000, low: chosen), port: 5060)
    let hashes = Set(
      (0..<4096 as Range<UInt64>).map { number in
        EndpointPair(Endpoint(address: IPAddress(high: 0x2001_0db8_0000_0000, low: number), port: 5060), peer)
          .hash(first, second) & 0xffff
      })
    // 4,096 of 65,536 places by chance: some 3,970 of them are different.
    #expect(hashes.count > 3800)
  }

  @Test("both directions have one hash") func directions() {
    let one = Endpoint(address: IPAddress(v4: 1), port: 1)
    let other = Endpoint(address: IPAddress(v4: 2), port: 2)
    #expect(EndpointPair(one, other).hash(3, 4) == EndpointPair(other, one).hash(3, 4))
  }
}
