internal import Glibc
internal import SurveyData

/// `rsvg-convert`, the outside program that makes pictures of drawings, and what is asked of its fonts.
enum PictureProgram {
  /// What it makes.
  enum Kind: String {
    case png, pdf
  }

  /// The longest that a picture may take, and the most bytes that it may have.
  private static let (seconds, mostBytes) = (10.0, 64 << 20)

  /// A drawing as a picture.
  ///
  /// The program is started without a shell and reads the drawing from its standard input.
  ///
  /// - Parameters:
  ///   - svg: The drawing.
  ///   - zoom: How many dots a unit of the drawing has.
  /// - Throws: ``SurveyError`` of kind output when the program is not there, fails or does not end.
  static func picture(of svg: String, as kind: Kind, zoom: Double) throws -> [UInt8] {
    let (drawing, picture) = (try ScratchFile(), try ScratchFile())
    try drawing.write(Array(svg.utf8))
    let words = ["rsvg-convert", "--format", kind.rawValue, "--zoom", String(zoom)]
    guard let status = run(words, reading: drawing, writing: picture) else { throw missing(kind) }
    guard status == 0 else {
      throw SurveyError(
        .output, "rsvg-convert could not make the \(kind.rawValue.uppercased())",
        remedy: "Write .svg, which browsers and Word 2016 and later take.")
    }
    return try picture.contents(atMost: mostBytes)
  }

  /// The family that words of pictures are set in, as `fc-match` of fontconfig tells; nil where it does
  /// not.
  static var family: String? {
    // A hyphen or a comma within a name must not be taken for fontconfig's own.
    let wanted = SVGDrawing.families.map { name in
      name.replacing("'", with: "").replacing("-", with: "\\-")
    }.joined(separator: ",")
    guard let (none, answer) = try? (ScratchFile(), ScratchFile()),
      run(["fc-match", "--format", "%{family[0]}", wanted], reading: none, writing: answer) == 0,
      let bytes = try? answer.contents(atMost: 1000), !bytes.isEmpty
    else { return nil }
    return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  /// Runs a program without a shell.
  /// - Returns: The status with which it ends; nil when there is no such program.
  private static func run(
    _ words: [String], reading input: ScratchFile, writing output: ScratchFile
  ) -> Int32? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input.descriptor, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output.descriptor, STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var child = pid_t()
    guard posix_spawnp(&child, words[0], &actions, nil, &arguments, environ) == 0 else {
      return nil
    }
    return ended(child)
  }

  /// Whether the program is there.
  static var isInstalled: Bool {
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    return path.split(separator: ":").contains { access("\($0)/rsvg-convert", X_OK) == 0 }
  }

  static func missing(_ kind: Kind) -> SurveyError {
    SurveyError(
      .output, "\(kind.rawValue.uppercased()) needs rsvg-convert, which is not installed",
      remedy: "Debian: apt install librsvg2-bin; macOS: brew install librsvg. Or write .svg, which "
        + "browsers and Word 2016 and later take.")
  }

  /// The status with which a process ends; one that takes too long is ended, and fails.
  private static func ended(_ child: pid_t) -> Int32 {
    var (status, waited) = (Int32(0), 0.0)
    while waitpid(child, &status, waited < seconds ? WNOHANG : 0) == 0 {
      usleep(2000)
      waited += 0.002
      if waited >= seconds { kill(child, SIGKILL) }
    }
    return status
  }
}

/// A file that nobody else sees and that is gone with this value.
private final class ScratchFile {
  let descriptor: Int32

  init() throws {
    var path = Array("/tmp/vekt-XXXXXX".utf8CString)
    descriptor = mkstemp(&path)
    guard descriptor >= 0 else {
      throw SurveyError(
        .output, at: "/tmp", "there is no room for a picture in the making",
        remedy: "Make room in /tmp.")
    }
    unlink(path)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { close(descriptor) }

  func write(_ bytes: [UInt8]) throws {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress?.advanced(by: done), bytes.count - done)
      }
      guard count > 0 else {
        throw SurveyError(
          .output, at: "/tmp", "there is no room for a picture in the making",
          remedy: "Make room in /tmp.")
      }
      done += count
    }
    lseek(descriptor, 0, SEEK_SET)
  }

  func contents(atMost most: Int) throws -> [UInt8] {
    let size = Int(lseek(descriptor, 0, SEEK_END))
    lseek(descriptor, 0, SEEK_SET)
    guard size <= most else {
      throw SurveyError(
        .output, "the picture has \(size >> 20) MB, and at most \(most >> 20) are written",
        remedy: "Choose a smaller --dpi.")
    }
    var bytes = [UInt8](repeating: 0, count: size)
    var done = 0
    while done < size {
      let count = bytes.withUnsafeMutableBytes {
        read(descriptor, $0.baseAddress?.advanced(by: done), size - done)
      }
      guard count > 0 else { break }
      done += count
    }
    return Array(bytes.prefix(done))
  }
}
