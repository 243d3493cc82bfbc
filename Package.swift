// swift-tools-version: 6.2
import PackageDescription

/// Tests run optimized sources (see `make test`), and are not worth optimizing themselves.
let plain: SwiftSetting = .unsafeFlags(["-Onone"], .when(configuration: .release))

/// Strict by default: Swift 6 mode, imports internal unless said, no warning survives.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
]

func room(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = [])
  -> Target
{
  .testTarget(
    name: name, dependencies: dependencies + ["VektTestSupport"], resources: resources,
    swiftSettings: strict + [plain])
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "Vekt",
  products: [
    .executable(name: "vekt", targets: ["VektCommand"]),
    .library(name: "Vekt", targets: ["Vekt"]),
  ],
  dependencies: [
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    // Not by pkg-config, whose flags for libzmq SwiftPM refuses; it stands where compilers look.
    .systemLibrary(name: "CZeroMQ", providers: [.apt(["libzmq3-dev"])]),

    // Layouts only: drivers are opened when somebody names an engine.
    .systemLibrary(name: "CADBC"),

    room("SurveyNumerics", ["CGSL"]),
    room("SurveyData", []),
    room("SurveyReaders", ["SurveyData", "CZlib", "CCrypto", yams]),
    room("SurveyStatistics", ["SurveyData", "SurveyNumerics"]),
    room("SurveyModels", ["SurveyData", "SurveyNumerics", "SurveyStatistics"]),
    room(
      "IntegrationParadox",
      ["SurveyData", "SurveyNumerics", "SurveyStatistics", "SurveyModels"]),
    room("SurveySynthesis", ["SurveyData", "SurveyNumerics", "SurveyReaders"]),
    room("SurveyTables", ["SurveyData", "CXLSXWriter", "CZlib"]),
    room(
      "SurveyRequests", ["SurveyData", "SurveyStatistics", "SurveyModels", "IntegrationParadox"]),
    room(
      "SurveyReports",
      [
        "SurveyData", "SurveyReaders", "SurveyStatistics", "SurveyModels", "IntegrationParadox",
        "SurveyRequests", "SurveyTables",
      ]),
    room(
      "SurveyPublications",
      ["SurveyData", "SurveyReaders", "SurveyStatistics", "SurveyTables", "SurveyReports"]),
    room(
      "SurveyPrograms",
      [
        "SurveyData", "SurveyReaders", "SurveyStatistics", "SurveyModels", "IntegrationParadox",
        "SurveyRequests",
      ]),
    room("SurveyEngines", ["SurveyData", "SurveyReaders", "CADBC"]),
    room("SurveySessions", ["SurveyData", "SurveyReaders", "SurveyEngines", "SurveyTables"]),
    room(
      "SurveyCommands",
      [
        "SurveyData", "SurveyReaders", "SurveyStatistics", "SurveyModels", "IntegrationParadox",
        "SurveySynthesis", "SurveyRequests", "SurveyTables", "SurveyReports", "SurveyPublications",
        "SurveyPrograms", "SurveySessions", argumentParser,
      ]),
    room(
      "SurveyNotebooks",
      [
        "SurveyData", "SurveyTables", "SurveyReports", "SurveySessions", "SurveyCommands",
        "CCrypto", "CZeroMQ", argumentParser,
      ]),
    room(
      "Vekt",
      [
        "SurveyData", "SurveyNumerics", "SurveyReaders", "SurveyStatistics", "SurveyModels",
        "IntegrationParadox", "SurveyEngines", "SurveyTables", "SurveyReports",
        "SurveyPublications",
      ]),
    .executableTarget(
      name: "VektCommand",
      dependencies: [
        "SurveyData", "SurveySessions", "SurveyCommands", "SurveyNotebooks", "SurveyTables",
        argumentParser,
      ],
      swiftSettings: strict),

    .target(
      name: "VektTestSupport", dependencies: ["SurveyData"], path: "Tests/VektTestSupport",
      swiftSettings: strict),
    tests("SurveyNumericsTests", ["SurveyNumerics"], resources: [.copy("Reference")]),
    tests("SurveyDataTests", ["SurveyData"]),
    tests("SurveyReadersTests", ["SurveyReaders"]),
    tests(
      "SurveyStatisticsTests", ["SurveyStatistics", "SurveyReaders"],
      resources: [.copy("Reference")]),
    tests(
      "SurveyModelsTests", ["SurveyModels", "SurveyReaders"], resources: [.copy("Reference")]),
    tests(
      "IntegrationParadoxTests", ["IntegrationParadox", "SurveyReaders"],
      resources: [.copy("Reference")]),
    .target(
      name: "CTestDriver", dependencies: ["CADBC"], path: "Tests/CTestDriver"),
    tests("SurveyEnginesTests", ["SurveyEngines", "SurveyReaders", "CADBC", "CTestDriver"]),
    tests("SurveySynthesisTests", ["SurveySynthesis", "SurveyReaders", "SurveyStatistics"]),
    tests("SurveyTablesTests", ["SurveyData", "SurveyTables"]),
    tests("SurveyReportsTests", ["SurveyReports", "SurveyTables"]),
    tests(
      "SurveyCommandsTests",
      [
        "SurveyCommands", "SurveyReports", "SurveySessions", "SurveyData", "SurveyTables",
        "SurveyNumerics",
      ]),
    tests("SurveyNotebooksTests", ["SurveyNotebooks", "SurveyCommands", "SurveySessions"]),
    tests("VektCommandTests", ["VektCommand", "SurveyCommands", "Vekt"]),
  ]
)
