internal import Glibc
internal import SurveyCommands
internal import SurveyData
internal import SurveySessions
internal import SurveyTables

/// What Jupyter reads to know a kernel: a folder with `kernel.json` and a picture.
struct KernelSpecification {
  /// The name by which notebooks call for the kernel.
  let name: String
  /// The folder that it stands in.
  let folder: String

  /// A kernel's place.
  ///
  /// - Parameters:
  ///   - name: The name by which notebooks call for it.
  ///   - prefix: The folder that `share/jupyter` is in; nil means the user's own Jupyter folder.
  /// - Throws: ``SurveyError`` of kind usage for a name that Jupyter does not take, and when there is
  ///   no home folder.
  init(name: String, prefix: String?) throws {
    let isPlain = name.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0))
    }
    guard !name.isEmpty, isPlain, name != ".", name != ".." else {
      throw SurveyError(
        .usage, "--name is '\(name)'; it has letters, digits, '.', '_' and '-' only")
    }
    self.name = name
    let parent =
      if let prefix { ReportFiles.inFolder(prefix, "share/jupyter") } else { try Self.userFolder() }
    folder = "\(parent)/kernels/\(name)"
  }

  /// Writes the folder.
  /// - Parameter program: The command that is to be the kernel.
  /// - Throws: ``SurveyError`` of kind output.
  func install(program: String) throws {
    try ReportFiles.makeFolder(folder)
    try ReportFiles.write(Array(Self.picture.utf8), to: "\(folder)/logo-svg.svg")
    try ReportFiles.write(
      Array((json(program: program).written() + "\n").utf8), to: "\(folder)/kernel.json")
  }

  /// Takes away what ``install(program:)`` wrote, and nothing else.
  /// - Throws: ``SurveyError`` of kind input when no kernel of Vekt is there.
  func uninstall() throws {
    let file = "\(folder)/kernel.json"
    guard let text = try? ReportFiles.read(file),
      (try? JSONParser.value(of: text, name: file))?["language"] == .text("vekt")
    else {
      throw SurveyError(
        .input, at: folder, "there is no kernel of Vekt",
        remedy: "`jupyter kernelspec list` shows where the kernels are.")
    }
    for path in ["\(folder)/logo-svg.svg", file] { unlink(path) }
    guard rmdir(folder) == 0 else {
      throw SurveyError(
        .output, at: folder, "cannot be removed: \(String(cString: strerror(errno)))")
    }
  }

  private func json(program: String) -> JSONValue {
    .members([
      "argv": .list(
        [program, "kernel", "run", "{connection_file}"].map { .text($0) }),
      "display_name": .text(name == "vekt" ? "Vekt" : "Vekt (\(name))"),
      "interrupt_mode": .text("message"), "kernel_protocol_version": .text("5.4"),
      "language": .text("vekt"), "metadata": .members(["debugger": .flag(false)]),
    ])
  }

  /// Where Jupyter looks for what belongs to a user.
  private static func userFolder() throws -> String {
    func variable(_ name: String) -> String? {
      getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
    if let own = variable("JUPYTER_DATA_DIR") { return own }
    if let data = variable("XDG_DATA_HOME") { return "\(data)/jupyter" }
    guard let home = variable("HOME") else {
      throw SurveyError(
        .usage, "there is no home folder to install into", remedy: "Write --prefix FOLDER.")
    }
    return "\(home)/.local/share/jupyter"
  }

  /// An estimate and its interval, as charts draw them.
  private static let picture = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">
    <rect width="64" height="64" rx="12" fill="#1d4f7c"/>
    <g stroke="#fff" stroke-width="4" stroke-linecap="round" fill="#fff">
    <path d="M12 22h26M26 42h26"/><circle cx="25" cy="22" r="5"/><circle cx="39" cy="42" r="5"/>
    </g></svg>

    """
}
