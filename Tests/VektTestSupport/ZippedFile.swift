import Foundation

/// The parts of a ZIP file, such as a workbook or a Word file, read by Python's own module.
public enum ZippedFile {
  /// One part as text; empty where it is not there.
  public static func part(_ name: String, of bytes: [UInt8]) throws -> String {
    let file = try Places.temporaryFolder().appending(path: "file.zip")
    try Data(bytes).write(to: file)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      "import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]).decode())",
      file.path, name,
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  /// The names of a workbook's sheets.
  public static func sheets(of bytes: [UInt8]) throws -> [String] {
    try part("xl/workbook.xml", of: bytes).components(separatedBy: "<sheet name=\"").dropFirst()
      .map { String($0.prefix { $0 != "\"" }) }
  }
}
