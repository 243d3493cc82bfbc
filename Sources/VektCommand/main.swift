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

signal(SIGPIPE, SIG_IGN)
let response = CommandRunner(root: RootCommand.self).run(Array(CommandLine.arguments.dropFirst()))
write(response.output, to: STDOUT_FILENO)
write(Array(response.remarks.map { "\($0)\n" }.joined().utf8), to: STDERR_FILENO)
exit(response.status)
