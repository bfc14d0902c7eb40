import CaptureFacts
import Testing

struct LayerPathTests {
  @Test("A path names its layers from the outermost in")
  func names() {
    var path = LayerPath()
    #expect(path.innermost == nil)
    #expect(path.description.isEmpty)
    for layer in [LayerKind.ethernet, .ipv4, .udp, .gtpU, .ipv6, .tcp] { path.append(layer) }
    #expect(path.count == 6)
    #expect(path.innermost == .tcp)
    #expect(path.layers.first == .ethernet)
    path.removeInnermost()
    #expect(path.layers == [.ethernet, .ipv4, .udp, .gtpU, .ipv6])
  }

  @Test("A path that is full keeps its outermost layers")
  func full() {
    var path = LayerPath()
    path.append(.ethernet)
    for _ in 0..<LayerPath.capacity { path.append(.vlan) }
    #expect(path.count == LayerPath.capacity)
    #expect(path.layers.first == .ethernet)
  }
}
