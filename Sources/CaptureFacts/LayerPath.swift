/// The layers of one frame from the outermost in, packed into 16 bytes so that it can travel with every message.
public struct LayerPath: Hashable, Sendable {
  /// How many layers a path holds. A frame nested deeper keeps its first 16; `PacketLayers` bounds the nesting well
  /// before.
  public static let capacity = 16

  /// One byte for each layer, the innermost in the lowest byte.
  @usableFromInline var packed: UInt128

  /// The empty path.
  @inlinable
  public init() {
    self.init(packed: 0)
  }

  @usableFromInline
  init(packed: UInt128) {
    self.packed = packed
  }

  /// Adds the next layer inwards; a path that is full stays as it is.
  @inlinable
  public mutating func append(_ layer: LayerKind) {
    guard packed >> 120 == 0 else { return }
    packed = packed << 8 | UInt128(layer.rawValue)
  }

  /// Takes the innermost layer away; the empty path stays as it is.
  @inlinable
  public mutating func removeInnermost() {
    packed >>= 8
  }

  /// The innermost layer, nil for the empty path.
  @inlinable
  public var innermost: LayerKind? {
    LayerKind(rawValue: UInt8(truncatingIfNeeded: packed))
  }

  /// The number of layers.
  @inlinable
  public var count: Int {
    (128 - packed.leadingZeroBitCount + 7) / 8
  }

  /// Whether a layer is among them.
  @inlinable
  public func contains(_ layer: LayerKind) -> Bool {
    var rest = packed
    while rest != 0 {
      if UInt8(truncatingIfNeeded: rest) == layer.rawValue { return true }
      rest >>= 8
    }
    return false
  }

  /// The layers from the outermost in.
  public var layers: [LayerKind] {
    (0..<count).reversed().compactMap { LayerKind(rawValue: UInt8(truncatingIfNeeded: packed >> UInt128(8 * $0))) }
  }
}

extension LayerPath: CustomStringConvertible {
  /// The names joined as tshark joins `frame.protocols`: `ethernet:ipv4:udp:gtp_u:ipv4:udp`.
  public var description: String {
    layers.map(\.name).joined(separator: ":")
  }
}
