import Glibc
import SurveyCommands

let runner = CommandRunner()
let response = runner.run(Array(CommandLine.arguments.dropFirst()))
for remark in response.remarks { fputs("\(remark)\n", stderr) }
response.output.withUnsafeBytes { _ = fwrite($0.baseAddress, 1, $0.count, stdout) }
exit(response.status)
