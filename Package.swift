// swift-tools-version: 6.2
import PackageDescription

/// What makes a release faster. A generic type is made by its accessor rather than looked up by its mangled name: the
/// runtime would go through all conformances of the program for each, a quarter of a short run. And small functions of
/// one room are compiled into another: two of a hundred instructions of a long run.
let releaseFlags = [
  "-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors", "-cross-module-optimization",
]

/// Every library room is compiled with strict memory safety and warnings as errors; spans are stored in
/// `~Escapable` views, which needs the `Lifetimes` feature.
let librarySettings: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableExperimentalFeature("Lifetimes"),
  .treatAllWarnings(as: .error),
  .unsafeFlags(releaseFlags, .when(configuration: .release)),
]

/// Tests are compiled without strict memory safety: the expansion of `#expect` is not written for it.
let testSettings: [SwiftSetting] = [
  .enableExperimentalFeature("Lifetimes"),
  .treatAllWarnings(as: .error),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = [], _ resources: [Resource] = []) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: librarySettings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(name: name, dependencies: ["SharedCaptures"] + dependencies, swiftSettings: testSettings)
}

let package = Package(
  name: "imstrace",
  products: [
    .executable(name: "imstrace", targets: ["imstrace"]),
    .executable(name: "sampletraffic", targets: ["SampleTrafficCommand"]),
    // For packages beside this one that measure its rooms.
    .library(
      name: "Rooms",
      targets: [
        "CaptureFacts", "ByteReading", "CaptureInput", "PacketLayers", "SIPMessages", "DiameterMessages",
        "SubscriberTimelines", "Reports", "CaptureAnalysis",
      ]),
    // For the package beside this one that fuzzes them.
    .library(name: "EntryPoints", targets: ["EntryPoints"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", exact: "0.2.0"),
    // Named for its version: it comes with hdrhistogram-swift, which takes any 1.x.
    .package(url: "https://github.com/apple/swift-numerics", exact: "1.1.1"),
  ],
  targets: [
    .systemLibrary(name: "CLibpcap", pkgConfig: "libpcap", providers: [.apt(["libpcap-dev"])]),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CLibzstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CJSONC", pkgConfig: "json-c", providers: [.apt(["libjson-c-dev"])]),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CLibPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),

    room("CaptureFacts"),
    room("ByteReading"),
    room("CaptureInput", ["CaptureFacts", "ByteReading", "CLibpcap", "CLinux", "CZlib", "CLibzstd"]),
    room("PacketLayers", ["CaptureFacts", "ByteReading"]),
    room("StreamReassembly", ["CaptureFacts", "ByteReading", "PacketLayers"]),
    room("SecurityAssociations", ["CaptureFacts", "ByteReading", "CLibCrypto"]),
    room("SIPMessages", ["CaptureFacts", "ByteReading"]),
    room("DiameterMessages", ["CaptureFacts", "ByteReading"]),
    room("MediaStreams", ["CaptureFacts", "ByteReading"]),
    room("DictionaryFiles", ["ByteReading", "DiameterMessages", "CLibXML2"]),
    room("ServiceDocuments", ["ByteReading", "CLibXML2"]),
    room(
      "CorrelationStreams",
      [
        "CaptureFacts", "ByteReading", "SIPMessages", "DiameterMessages", "MediaStreams", "ServiceDocuments", "CJSONC",
        "CLibCrypto",
      ]),
    room(
      "SubscriberTimelines",
      [
        "CaptureFacts", "ByteReading", "SIPMessages", "DiameterMessages", "ServiceDocuments", "MediaStreams",
        "CLibPCRE2",
      ]),
    room(
      "ServiceStatistics",
      [
        "CaptureFacts", "MediaStreams", "SIPMessages", "DiameterMessages", "SubscriberTimelines",
        .product(name: "Histogram", package: "hdrhistogram-swift"),
        .product(name: "Numerics", package: "swift-numerics"),
      ]),
    room(
      "Reports",
      [
        "CaptureFacts", "ByteReading", "ServiceDocuments", "SIPMessages", "DiameterMessages", "MediaStreams",
        "SubscriberTimelines", "ServiceStatistics", "CLibCrypto",
      ],
      // The parts of the HTML report: in the command itself, which stands alone.
      [.embedInCode("HTML/Page")]),
    room(
      "CaptureAnalysis",
      [
        "CaptureFacts", "ByteReading", "CaptureInput", "PacketLayers", "StreamReassembly", "SecurityAssociations",
        "SIPMessages", "DiameterMessages", "MediaStreams", "CorrelationStreams", "SubscriberTimelines",
        "ServiceStatistics", "Reports",
      ]),
    .executableTarget(
      name: "imstrace",
      dependencies: [
        "CorrelationStreams", "DictionaryFiles", "DiameterMessages", "CaptureAnalysis", "CaptureInput", "CaptureFacts",
        "Reports",
        "ServiceStatistics", "SubscriberTimelines",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: librarySettings),

    room("SampleTraffic", ["CaptureFacts", "CLibCrypto"]),
    .executableTarget(
      name: "SampleTrafficCommand",
      dependencies: [
        "SampleTraffic", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: librarySettings),

    .target(name: "SharedCaptures", path: "Tests/SharedCaptures", swiftSettings: testSettings),
    .target(name: "FrameBuilding", path: "Tests/FrameBuilding", swiftSettings: testSettings),
    .target(
      name: "EntryPoints",
      dependencies: [
        "CaptureFacts", "ByteReading", "CaptureInput", "PacketLayers", "StreamReassembly", "SecurityAssociations",
        "SIPMessages", "DiameterMessages", "MediaStreams", "DictionaryFiles", "ServiceDocuments", "CorrelationStreams",
        "SubscriberTimelines", "Reports", "CaptureAnalysis", "CJSONC", "CLibCrypto", "CLibXML2",
      ], path: "Tests/EntryPoints", swiftSettings: testSettings),
    tests("CaptureFactsTests", ["CaptureFacts"]),
    tests("ByteReadingTests", ["ByteReading"]),
    tests(
      "CaptureInputTests", ["CaptureInput", "CaptureFacts", "ByteReading", "CLibpcap", "CZlib", "CLibzstd"]),
    tests("PacketLayersTests", ["FrameBuilding", "PacketLayers", "CaptureInput", "CaptureFacts", "ByteReading"]),
    tests(
      "StreamReassemblyTests", ["StreamReassembly", "PacketLayers", "CaptureInput", "CaptureFacts", "ByteReading"]),
    tests("SecurityAssociationsTests", ["SecurityAssociations", "CaptureFacts", "ByteReading"]),
    tests("SIPMessagesTests", ["SIPMessages", "CaptureFacts", "ByteReading"]),
    tests("DiameterMessagesTests", ["DiameterMessages", "CaptureFacts", "ByteReading"]),
    tests("MediaStreamsTests", ["MediaStreams", "CaptureFacts", "ByteReading"]),
    tests("DictionaryFilesTests", ["DictionaryFiles", "DiameterMessages", "CaptureFacts"]),
    tests("ServiceDocumentsTests", ["ServiceDocuments", "CaptureFacts", "ByteReading"]),
    tests(
      "SubscriberTimelinesTests",
      [
        "SubscriberTimelines", "SIPMessages", "DiameterMessages", "ServiceDocuments", "CaptureFacts", "ByteReading",
        "FrameBuilding",
      ]),
    tests(
      "CorrelationStreamsTests",
      ["CorrelationStreams", "SIPMessages", "DiameterMessages", "CaptureFacts", "ByteReading"]),
    tests("ServiceStatisticsTests", ["ServiceStatistics", "SubscriberTimelines", "CaptureFacts"]),
    tests(
      "ReportsTests",
      ["Reports", "MediaStreams", "ServiceStatistics", "SubscriberTimelines", "SIPMessages", "CaptureFacts"]),
    tests(
      "CaptureAnalysisTests",
      [
        "CaptureAnalysis", "CaptureInput", "SubscriberTimelines", "Reports", "SampleTraffic", "StreamReassembly",
        "CorrelationStreams", "PacketLayers", "ByteReading", "CaptureFacts", "FrameBuilding", "EntryPoints",
      ]),
    tests("SampleTrafficTests", ["SampleTraffic", "SampleTrafficCommand", "CaptureFacts"]),
    .testTarget(
      name: "GoldenReportTests", dependencies: ["SharedCaptures"], exclude: ["Golden"], swiftSettings: testSettings),
    tests("CommandLineTests", ["SampleTraffic", "CaptureInput"]),
    tests(
      "PageTests",
      [
        "CaptureAnalysis", "CaptureFacts", "Reports", "SubscriberTimelines", "SIPMessages", "DiameterMessages",
        "FrameBuilding",
      ]),
    .testTarget(
      name: "EntryPointTests", dependencies: ["EntryPoints", "SharedCaptures"], exclude: ["Inputs"],
      swiftSettings: testSettings),
    tests("ArchitectureTests"),
    tests(
      "PeerTests",
      ["FrameBuilding", "CaptureAnalysis", "SubscriberTimelines", "Reports", "SampleTraffic", "CaptureFacts"]),
  ],
  swiftLanguageModes: [.v6]
)
