// swift-tools-version: 6.2
import PackageDescription

/// Fuzzers of every entry point of hostile bytes. Apart from the product, which builds without them; Fuzzing/run builds
/// and runs them.
let package = Package(
  name: "Fuzzing",
  dependencies: [.package(name: "imstrace", path: "..")],
  targets: [
    .systemLibrary(name: "CLibFuzzer"),
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "CLibFuzzer", .product(name: "EntryPoints", package: "imstrace"), .product(name: "Rooms", package: "imstrace"),
      ],
      swiftSettings: [.enableExperimentalFeature("Lifetimes"), .treatAllWarnings(as: .error)],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]),
  ],
  swiftLanguageModes: [.v6])
