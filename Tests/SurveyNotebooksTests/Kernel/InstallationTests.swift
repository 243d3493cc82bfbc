import Foundation
import SurveyCommands
import SurveyData
import SurveySessions
import Testing
import VektTestSupport

@testable import SurveyNotebooks

@Suite("The kernel's installation")
struct InstallationTests {
  @Test func `Jupyter finds it where the prefix says, until it is taken away`() throws {
    let folder = try Places.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let outcome = try KernelInstall.parse(["--prefix", folder.path, "--name", "vekt-2"])
      .perform(in: Workspace())
    let place = folder.appending(path: "share/jupyter/kernels/vekt-2")
    if case .files(let text) = outcome.result { #expect(text == place.path + "\n") }
    let json = try JSONParser.value(
      of: ReportFiles.read(place.appending(path: "kernel.json").path), name: "kernel.json")
    let argv = json["argv"]?.elements?.compactMap(\.string) ?? []
    #expect(argv.first?.hasPrefix("/") == true)
    #expect(argv.dropFirst() == ["kernel", "run", "{connection_file}"])
    #expect(json["language"] == .text("vekt"))
    #expect(json["interrupt_mode"] == .text("message"))
    let removal = try KernelUninstall.parse(["--prefix", folder.path, "--name", "vekt-2"])
    _ = try removal.perform(in: Workspace())
    #expect(!FileManager.default.fileExists(atPath: place.path))
    let error = #expect(throws: SurveyError.self) { try removal.perform(in: Workspace()) }
    #expect(error?.problem == "there is no kernel of Vekt")
  }

  @Test func `the kernel of another language is left alone`() throws {
    let folder = try Places.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let place = folder.appending(path: "share/jupyter/kernels/python3")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try Data(#"{"language": "python"}"#.utf8).write(to: place.appending(path: "kernel.json"))
    let removal = try KernelUninstall.parse(["--prefix", folder.path, "--name", "python3"])
    #expect(throws: SurveyError.self) { try removal.perform(in: Workspace()) }
    #expect(FileManager.default.fileExists(atPath: place.appending(path: "kernel.json").path))
  }

  @Test(arguments: ["", "..", "a/b", "å", "a b"])
  func `a name that Jupyter does not take is refused`(name: String) {
    #expect(throws: SurveyError.self) { try KernelSpecification(name: name, prefix: "p") }
  }

  @Test func `a connection file that is not there is said`() {
    let error = #expect(throws: SurveyError.self) {
      try KernelRun.parse(["/no/such/file.json"]).perform(in: Workspace())
    }
    #expect(error?.kind == .input)
  }

  @Test func `a notebook of the kernel under another name is one of Vekt's`() throws {
    let notebook = try JupyterNotebook(
      #"""
      {"cells": [], "nbformat": 4, "metadata": {"kernelspec": {"name": "vekt-2", "language": "vekt"}}}
      """#, path: "n.ipynb")
    #expect(try notebook.contents().parts.isEmpty)
  }
}
