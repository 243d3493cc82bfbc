import Foundation
import SurveyData
import Testing
import VektTestSupport

@testable import SurveyEngines

@Suite struct `Drivers` {
  private func write(_ text: String, _ path: String, in folder: URL) throws -> String {
    let url = folder.appending(path: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    return url.path
  }

  private func search(_ environment: [String: String]) -> DriverSearch {
    DriverSearch { environment[$0] }
  }

  @Test func `the folders are looked through in the order of ADBC's driver manager`() {
    let all = search([
      "ADBC_DRIVER_PATH": "/a:/b", "VIRTUAL_ENV": "/venv", "CONDA_PREFIX": "/conda",
      "HOME": "/home/x",
    ])
    #expect(
      all.folders == [
        "/a", "/b", "/venv/etc/adbc/drivers", "/conda/etc/adbc/drivers",
        "/home/x/.config/adbc/drivers",
        "/etc/adbc/drivers",
      ])
    #expect(
      search(["XDG_CONFIG_HOME": "/x", "HOME": "/home/x"]).folders == [
        "/x/adbc/drivers", "/etc/adbc/drivers",
      ])
  }

  @Test func `a manifest names a library, for every machine or for this one`() throws {
    let folder = try Places.temporaryFolder()
    _ = try write(
      "[Driver]\nshared = \"/lib/one.so\" # the library\nentrypoint = 'OneInit'\n", "one.toml",
      in: folder)
    _ = try write(
      "manifest_version = 1\nname = \"Two\"\n[ADBC]\nfeatures = [\n  \"a\", # ]\n  \"b\"]\n[Driver.shared]\nwindows_amd64 = 'x'\n"
        + "\(Platform.name) = \"/lib/two.so\"\n", "two.toml", in: folder)
    let search = search(["ADBC_DRIVER_PATH": folder.path])
    #expect(
      try search.locations(of: "one") == [DriverLocation(library: "/lib/one.so", entry: "OneInit")])
    #expect(try search.locations(of: "two") == [DriverLocation(library: "/lib/two.so")])
  }

  @Test func `a manifest without this machine is passed over, an unreadable one is not`() throws {
    let folder = try Places.temporaryFolder()
    _ = try write("[Driver.shared]\nplan9_amd64 = 'x'\n", "a/one.toml", in: folder)
    _ = try write("[Driver]\nshared = '/lib/one.so'\n", "b/one.toml", in: folder)
    let both = search(["ADBC_DRIVER_PATH": "\(folder.path)/a:\(folder.path)/b"])
    #expect(try both.locations(of: "one") == [DriverLocation(library: "/lib/one.so")])
    let bad = try write("[Driver]\nshared = /lib/one.so # oops\nshared\n", "c/one.toml", in: folder)
    #expect(
      message { try search(["ADBC_DRIVER_PATH": "\(folder.path)/c"]).locations(of: "one") }
        == "\(bad):3: is not TOML as drivers have it: a line is 'key = value'")
    let new = try write("manifest_version = 2\n", "d/one.toml", in: folder)
    #expect(
      message { try search(["ADBC_DRIVER_PATH": "\(folder.path)/d"]).locations(of: "one") }
        .hasPrefix(
          "\(new): is a manifest of version 2, and this Vekt knows version 1"))
  }

  @Test func `a wheel of the active virtual environment is found without a manifest`() throws {
    let folder = try Places.temporaryFolder()
    let library = try write(
      "", "lib/python3.11/site-packages/adbc_driver_sqlite/libadbc_driver_sqlite.so", in: folder)
    #expect(
      try search(["VIRTUAL_ENV": folder.path]).locations(of: "sqlite") == [
        DriverLocation(library: library)
      ])
    #expect(
      try search([:]).locations(of: "duckdb").map(\.library) == [
        "libadbc_driver_duckdb.so", "libduckdb.so",
      ])
  }

  @Test func `a path is taken as it is, with its manifest first, and a relative one is refused`()
    throws
  {
    let folder = try Places.temporaryFolder()
    let library = try write("", "libx.so", in: folder)
    _ = try write("[Driver]\nshared = '/lib/x.so'\n", "x.toml", in: folder)
    #expect(try search([:]).locations(of: library) == [DriverLocation(library: library)])
    #expect(
      try search([:]).locations(of: "\(folder.path)/x") == [DriverLocation(library: "/lib/x.so")])
    #expect(
      message { try search([:]).locations(of: "lib/x.so") }.hasPrefix(
        "lib/x.so: a driver is named by its name"))
    #expect(
      message { try search([:]).locations(of: "/none/x.so") }.hasPrefix(
        "/none/x.so: no such driver"))
  }

  @Test func `the door's name follows from the library's`() {
    #expect(
      DriverLocation.entryName(ofLibrary: "/x/libadbc_driver_sqlite.so.1.2")
        == "AdbcDriverSqliteInit")
    #expect(DriverLocation.entryName(ofLibrary: "proto-thing.dll") == "AdbcProtoThingInit")
    #expect(DriverLocation(library: "libduckdb.so").entryNames.first == "duckdb_adbc_init")
  }

  @Test func `a driver that is nowhere says how to install it`() {
    let text = message { try Driver(named: "nosuch", search(["ADBC_DRIVER_PATH": "/none"])) }
    #expect(
      text == """
        nosuch: no ADBC driver of that name in /none, /etc/adbc/drivers, nor among the system's libraries
              Install it: `dbc install nosuch`; or name its library under `driver:` in an engine file.
        """)
    #expect(
      message { try Driver(named: "spark", search([:])) }.contains(
        "`pip install adbc-driver-spark`"))
  }

  @Test func `a library that is no driver is named, and so is one that cannot be loaded`() throws {
    let folder = try Places.temporaryFolder()
    let text = try write("no library", "libno.so", in: folder)
    #expect(
      message { try Driver(named: text) }.hasPrefix(
        "\(text): the driver's library cannot be loaded: "))
    let other = try #require(
      [
        "/usr/lib/x86_64-linux-gnu/libz.so.1", "/lib/x86_64-linux-gnu/libz.so.1",
        "/usr/lib/aarch64-linux-gnu/libz.so.1",
      ].first { FileManager.default.fileExists(atPath: $0) })
    #expect(
      message { try Driver(named: other) }.hasPrefix(
        "\(other): is no ADBC driver: it has no function AdbcZInit or AdbcDriverInit"))
  }

  @Test func `a library of another processor says so`() throws {
    let folder = try Places.temporaryFolder()
    let foreign = Platform.processor == "arm64" ? (62, "amd64") : (183, "arm64")
    var head = [UInt8](repeating: 0, count: 64)
    head.replaceSubrange(0..<4, with: [0x7F] + "ELF".utf8)
    head[18] = UInt8(foreign.0)
    let library = try write("", "libfar.so", in: folder)
    try Data(head).write(to: URL(filePath: library))
    #expect(
      message { try Driver(named: library) } == """
        \(library): the driver is built for \(foreign.1), and this machine is \(Platform.processor)
              Install the driver for \(Platform.name).
        """)
  }
}
