// swift-tools-version: 6.2
import PackageDescription

/// What each layer costs. Apart from the product, which builds without it.
let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "imstrace", path: "..")],
  targets: [
    .executableTarget(
      name: "LayerCosts", dependencies: [.product(name: "Rooms", package: "imstrace")],
      swiftSettings: [
        .strictMemorySafety(),
        .enableExperimentalFeature("Lifetimes"),
        .treatAllWarnings(as: .error),
      ])
  ],
  swiftLanguageModes: [.v6])
