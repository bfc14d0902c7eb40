// swift-tools-version: 6.2
import PackageDescription

/// Fuzzers of every entry point of hostile bytes, and damages of captures. Apart from the product, which builds without
/// them; Fuzzing/run and Fuzzing/damage build and run them.
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
    .executableTarget(
      name: "Damage",
      dependencies: [.product(name: "EntryPoints", package: "imstrace"), .product(name: "Rooms", package: "imstrace")],
      swiftSettings: [.enableExperimentalFeature("Lifetimes"), .treatAllWarnings(as: .error)]),
  ],
  swiftLanguageModes: [.v6])
