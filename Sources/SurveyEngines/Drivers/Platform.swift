/// The names of this machine among those that manifests of drivers have.
enum Platform {
  /// Such as `linux_amd64`.
  static let name = "\(system)_\(processor)"

  #if os(macOS)
  static let system = "macos"
  /// How the names of libraries end.
  static let ending = "dylib"
  #else
  static let system = "linux"
  /// How the names of libraries end.
  static let ending = "so"
  #endif

  #if arch(arm64)
  static let processor = "arm64"
  #else
  static let processor = "amd64"
  #endif
}
