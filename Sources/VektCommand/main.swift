import Glibc
import SurveyCommands
import SurveyData
import SurveySessions
import Synchronization

/// Writes all bytes to a file descriptor; a reader that has gone away is no fault.
/// - Returns: What went wrong, as `errno` says it; nil when all is written.
@discardableResult
func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
  bytes.withUnsafeBytes { buffer -> Int32? in
    var rest = buffer[...]
    while !rest.isEmpty {
      let count = Glibc.write(
        descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return errno == EPIPE ? nil : errno }
      rest = rest.dropFirst(count)
    }
    return nil
  }
}

/// The width of the terminal that standard output is, within what reads well; 100 without one.
func terminalWidth() -> Int {
  var size = winsize()
  guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 else {
    return 100
  }
  return size.ws_col == 0 ? 100 : min(max(Int(size.ws_col), 40), 160)
}

private enum Shortening {
  static let isSaid = Atomic(false)
}

/// Ends the program when a mapped file was cut short while it was read, so that its pages are gone.
func dieOfShortenedFiles() {
  var action = sigaction()
  action.__sigaction_handler.sa_handler = { _ in
    // Threads that read the same file meet this together, and one of them says it.
    guard !Shortening.isSaid.exchange(true, ordering: .relaxed) else { while true { pause() } }
    let sentence: StaticString = "vekt: a file changed while it was read\n"
    _ = Glibc.write(STDERR_FILENO, sentence.utf8Start, sentence.utf8CodeUnitCount)
    _exit(SurveyError.Kind.input.rawValue)
  }
  sigaction(SIGBUS, &action, nil)
}

signal(SIGPIPE, SIG_IGN)
dieOfShortenedFiles()
ProgressLine.showWaiting()
var runner = CommandRunner(root: RootCommand.self)
runner.width = terminalWidth()
let response = runner.run(Array(CommandLine.arguments.dropFirst()))
let fault = write(response.output, to: STDOUT_FILENO)
write(Array(response.remarks.map { "\($0)\n" }.joined().utf8), to: STDERR_FILENO)
if let fault {
  let reason = String(cString: strerror(fault))
  write(Array("vekt: standard output cannot be written: \(reason)\n".utf8), to: STDERR_FILENO)
}
exit(fault == nil ? response.status : SurveyError.Kind.output.rawValue)
