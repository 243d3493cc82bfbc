import Glibc
import SurveyCommands

/// Writes all bytes to a file descriptor; a reader that has gone away is no fault.
func write(_ bytes: [UInt8], to descriptor: Int32) {
  bytes.withUnsafeBytes { buffer in
    var rest = buffer[...]
    while !rest.isEmpty {
      let count = Glibc.write(
        descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
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

signal(SIGPIPE, SIG_IGN)
var runner = CommandRunner(root: RootCommand.self)
runner.width = terminalWidth()
let response = runner.run(Array(CommandLine.arguments.dropFirst()))
write(response.output, to: STDOUT_FILENO)
write(Array(response.remarks.map { "\($0)\n" }.joined().utf8), to: STDERR_FILENO)
exit(response.status)
