/// What kept a part of the capture from being seen into. Each kind is one key of the report's `coverage`.
public enum AnomalyKind: UInt8, CaseIterable, Sendable {
  // The capture itself.
  case frameCutBySnapLength
  case fileDamaged
  case clockSteppedBack
  case packetsDroppedByKernel
  case packetsDroppedByInterface
  // Links, networks, tunnels.
  case linkTypeNotDecoded
  case protocolNotDecoded
  case headerTruncated
  case headerMalformed
  case nestedTooDeep
  case optionMalformed
  // Fragments and streams.
  case fragmentsIncomplete
  case fragmentsOverlapping
  case fragmentsEvicted
  case streamBytesLost
  case transmissionsMissing
  case streamEvicted
  case streamBufferExceeded
  case streamSidesUnseen
  case chunkMalformed
  case checksumWrong
  // Encryption.
  case espNotOpened
  case espIntegrityFailed
  case espWindowExceeded
  case tlsNotOpened
  case dtlsNotOpened
  // Messages.
  case messageMalformed
  case messageTruncated
  case messageTooLong
  case webSocketCompressed
  case stateEvicted
  case serviceBasedHTTPNotDecoded
  case homeSubscriberServiceNotDecoded
  case policyAuthorizationNotDecoded
  case utNotDecoded

  /// The key in `coverage`: snake_case, counting what its name says.
  public var key: String {
    switch self {
    case .frameCutBySnapLength: "frames_cut_by_snaplen"
    case .fileDamaged: "files_damaged"
    case .clockSteppedBack: "clock_steps_back"
    case .packetsDroppedByKernel: "packets_dropped_by_kernel"
    case .packetsDroppedByInterface: "packets_dropped_by_interface"
    case .linkTypeNotDecoded: "link_type_not_decoded"
    case .protocolNotDecoded: "protocol_not_decoded"
    case .headerTruncated: "headers_truncated"
    case .headerMalformed: "headers_malformed"
    case .nestedTooDeep: "nested_too_deep"
    case .optionMalformed: "options_malformed"
    case .fragmentsIncomplete: "fragments_incomplete"
    case .fragmentsOverlapping: "fragments_overlapping"
    case .fragmentsEvicted: "fragments_evicted"
    case .streamBytesLost: "stream_bytes_lost"
    case .transmissionsMissing: "sctp_tsns_missing"
    case .streamEvicted: "streams_evicted"
    case .streamBufferExceeded: "stream_buffers_exceeded"
    case .streamSidesUnseen: "stream_sides_unseen"
    case .chunkMalformed: "chunks_malformed"
    case .checksumWrong: "checksums_wrong"
    case .espNotOpened: "esp_not_opened"
    case .espIntegrityFailed: "esp_integrity_failed"
    case .espWindowExceeded: "esp_window_exceeded"
    case .tlsNotOpened: "tls_not_opened"
    case .dtlsNotOpened: "dtls_not_opened"
    case .messageMalformed: "messages_malformed"
    case .messageTruncated: "messages_truncated"
    case .messageTooLong: "messages_too_long"
    case .webSocketCompressed: "websocket_messages_compressed"
    case .stateEvicted: "state_evicted"
    case .serviceBasedHTTPNotDecoded: "http2_not_decoded"
    case .homeSubscriberServiceNotDecoded: "nhss_ims_not_decoded"
    case .policyAuthorizationNotDecoded: "n5_not_decoded"
    case .utNotDecoded: "ut_not_decoded"
    }
  }
}

extension AnomalyKind {
  private static let byKey = Dictionary(uniqueKeysWithValues: allCases.map { ($0.key, $0) })

  /// The kind of this key; nil where there is none.
  public init?(key: String) {
    guard let kind = AnomalyKind.byKey[key] else { return nil }
    self = kind
  }
}
