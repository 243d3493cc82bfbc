import Foundation
import Testing
import VektTestSupport

@Suite("Pipes, devices and files that change")
struct DeviceTests {
  @Test(arguments: ["tabulate q.csv q --format csv", "codebook new q.csv", "tabulate --help"])
  func `a full standard output is a fault`(words: String) throws {
    let result = try BuiltCommand.run(
      "printf 'q\\n1\\n2\\n' >/tmp/vekt-$$.csv; vekt \(words.replacing("q.csv", with: "/tmp/vekt-$$.csv")) "
        + ">/dev/full; status=$?; rm /tmp/vekt-$$.csv; exit $status")
    #expect(result.status == 73)
    #expect(result.errors.contains("standard output cannot be written"))
  }

  @Test(arguments: ["-", "/dev/stdin"])
  func `data come through a pipe too`(path: String) throws {
    let result = try BuiltCommand.run(
      "printf 'q\\n1\\n2\\n1\\n' | vekt tabulate \(path) q --format csv")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("\nq,1,,2,"))
  }

  @Test func `a device is written to and stays one`() throws {
    let result = try BuiltCommand.run(
      "printf 'q\\n1\\n' | vekt tabulate - q --format csv --output /dev/null; test -c /dev/null")
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test func `a large file cut short while it is read ends with a sentence`() throws {
    // Sixty megabytes are mapped; the pages behind the new end are gone while they are counted.
    let result = try BuiltCommand.run(
      """
      file=/tmp/vekt-$$.csv; { echo v1,v2,v3; yes 1,2,3 | head -c 60000000; } >$file
      '\(BuiltCommand.path.path)' convert $file /tmp/vekt-$$.sav &
      until grep -q vekt-$$.csv /proc/$!/maps; do :; done
      truncate -s 1000 $file; wait $!; status=$?
      rm -f $file /tmp/vekt-$$.sav; exit $status
      """)
    #expect(result.status == 66)
    #expect(result.errors.contains("changed while it was read"))
  }
}
