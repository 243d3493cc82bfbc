internal import Glibc

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

  /// The processor that a library of Linux was built for, as manifests call it, where it is another than this machine's.
  static func otherProcessor(ofLibrary path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var head = [UInt8](repeating: 0, count: 20)
    guard fread(&head, 1, head.count, file) == head.count, head.starts(with: [0x7F] + "ELF".utf8)
    else { return nil }
    let number = Int(head[18]) | Int(head[19]) << 8
    let names = [3: "x86", 40: "arm", 62: "amd64", 183: "arm64", 243: "riscv64"]
    let name = names[number] ?? "a processor of number \(number)"
    return name == processor ? nil : name
  }
}
