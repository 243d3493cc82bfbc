public import ArgumentParser
internal import Glibc
internal import SurveyCommands
internal import SurveyData
internal import SurveySessions

/// `kernel install | uninstall | run`: Vekt in Jupyter.
public struct KernelVerbs: ParsableCommand {
  /// How the parser sees the verb.
  public static let configuration = CommandConfiguration(
    commandName: "kernel",
    abstract: "Vekt in Jupyter: cells hold verbs as in the shell, with tables and charts below.",
    discussion: """
      A cell with --output FILE writes that file: use survey.csv, then tabulate trust --output trust.xlsx.

      Example:
        vekt kernel install --user
        jupyter lab
      """,
    subcommands: [KernelInstall.self, KernelUninstall.self, KernelRun.self])

  /// Makes the command; the parser calls it.
  public init() {}
}

/// Where a kernel is installed.
struct KernelPlace: ParsableArguments {
  @Flag(help: "For yourself (the default): where Jupyter looks for what belongs to a user.")
  var user = false

  @Option(
    help: ArgumentHelp(
      "Under this folder, in share/jupyter/kernels; for a virtual environment its folder.",
      valueName: "folder"))
  var prefix: String?

  @Option(help: "The name by which notebooks call for the kernel.")
  var name = "vekt"

  /// Checks what the parser cannot.
  func validate() throws {
    guard !user || prefix == nil else {
      throw ValidationError("--user and --prefix name two places; one will do.")
    }
  }

  /// The place.
  var specification: KernelSpecification {
    get throws { try KernelSpecification(name: name, prefix: prefix) }
  }
}

/// `kernel install`: makes Vekt a kernel of Jupyter.
struct KernelInstall: Verb {
  static let configuration = CommandConfiguration(
    commandName: "install", abstract: "Make Vekt a kernel of Jupyter.",
    discussion: """
      The kernel is this very program: install it anew when the program has moved.

      Examples:
        vekt kernel install
        vekt kernel install --prefix .venv
        vekt kernel install --name vekt-next
      """)

  static var standsInCells: Bool { false }

  @OptionGroup var place: KernelPlace

  var output: OutputArguments { .unasked }

  func perform(in workspace: Workspace) throws -> Outcome {
    let specification = try place.specification
    try specification.install(program: try Self.ownPath())
    return Outcome(
      .files("\(specification.folder)\n"),
      remarks: ["Jupyter now offers the kernel Vekt, named \(specification.name)."])
  }

  /// Where this program is.
  private static func ownPath() throws -> String {
    var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = bytes.withUnsafeMutableBytes { buffer in
      buffer.baseAddress.map { readlink("/proc/self/exe", $0, buffer.count) } ?? 0
    }
    guard count > 0 else {
      throw SurveyError(.input, at: "/proc/self/exe", "does not say where this program is")
    }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}

/// `kernel uninstall`: takes back what `kernel install` did.
struct KernelUninstall: Verb {
  static let configuration = CommandConfiguration(
    commandName: "uninstall", abstract: "Take the kernel away from Jupyter.",
    discussion: """
      Example:
        vekt kernel uninstall --prefix .venv
      """)

  static var standsInCells: Bool { false }

  @OptionGroup var place: KernelPlace

  var output: OutputArguments { .unasked }

  func perform(in workspace: Workspace) throws -> Outcome {
    let specification = try place.specification
    try specification.uninstall()
    return Outcome(.files(""), remarks: ["\(specification.folder): removed"])
  }
}

/// `kernel run FILE`: what Jupyter starts.
struct KernelRun: Verb {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Be a kernel until told to end; Jupyter calls this.",
    discussion: """
      Example:
        vekt kernel run connection.json
      """)

  static var standsInCells: Bool { false }

  @Argument(help: ArgumentHelp("Jupyter's connection file.", valueName: "connection-file"))
  var connectionFile: String

  var output: OutputArguments { .unasked }

  func perform(in workspace: Workspace) throws -> Outcome {
    // It may be Jupyter's terminal.
    ProgressLine.showNoWaiting()
    let connection = try ConnectionFile(path: connectionFile)
    var server = try KernelServer(connection, parent: ParentProcess()) { remark in
      let line = Array("vekt: \(remark)\n".utf8)
      _ = write(STDERR_FILENO, line, line.count)
    }
    server.takeSignals()
    server.run()
    return Outcome(.files(""))
  }
}

extension OutputArguments {
  /// Those of a verb that has no output to shape.
  fileprivate static var unasked: OutputArguments {
    (try? OutputArguments.parse([])) ?? OutputArguments()
  }
}
