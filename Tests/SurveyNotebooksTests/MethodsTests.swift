import Foundation
import SurveyCommands
import SurveyData
import SurveySessions
import Testing

@testable import SurveyNotebooks

@Suite("How a report says that its numbers were made") struct MethodsTests {
  /// The page of a notebook that tabulates `trust` of some files.
  private func page(_ cells: String) throws -> String {
    let notebook = try SmallNotebook("# Report\n\n```vekt\n\(cells)\n```\n")
    defer { notebook.delete() }
    func write(_ text: String, to name: String) throws {
      try Data(text.utf8).write(to: notebook.folder.appending(path: name))
    }
    try write("trust,w,r1,r2\n1,1,2,0\n2,1,0,2\n1,2,4,0\n2,2,0,4\n", to: "replicates.csv")
    try write(
      "trust,vekt_n,vekt_w_w,vekt_rows,vekt_suppressed_below\n1,6,6.5,11,5\n2,5,4.5,11,5\n",
      to: "cells.csv")
    _ = try Run.parse([notebook.path]).perform(in: Workspace())
    return try String(contentsOf: URL(filePath: notebook.page), encoding: .utf8)
  }

  private let linearized = "by Taylor linearization"
  private let replicated = "Standard errors come from replicate weights"
  private let confidence = "confidence and rest on Student"
  private let replicates = """
    use replicates.csv
    tabulate trust --weights w --replicate-weights r1,r2 --replicate-method jk1
    """
  private let suppressed = "use cells.csv\ntabulate trust --weights w"

  @Test func `a design is linearized`() throws {
    let page = try page("use d.csv\ntabulate trust")
    #expect(page.contains(linearized) && page.contains(confidence))
    #expect(page.contains("stratified, 2 strata, element sample; weight &#39;w&#39;"))
    #expect(!page.contains(replicated) && !page.contains("says which of these"))
  }

  @Test func `replicate weights are named, and no sampling units`() throws {
    let page = try page(replicates)
    #expect(page.contains(replicated) && page.contains(confidence))
    #expect(!page.contains(linearized) && !page.contains("element sample"))
    #expect(
      page.matches(of: /variance from 2 replicate weights \(jk1\)/).count == 2,
      "below the table, and among the designs")
  }

  @Test func `cells out of which answers were taken have no errors, no intervals and no design`()
    throws
  {
    let page = try page(suppressed)
    #expect(page.contains("taken out, there are no standard errors"))
    #expect(!page.contains(confidence) && !page.contains("element sample"))
    #expect(!page.contains("simple random sample"))
  }

  @Test func `where several hold, the line below a table says which`() throws {
    let page = try page(
      ["use d.csv\ntabulate trust", replicates, suppressed].joined(separator: "\n"))
    #expect(page.contains(linearized) && page.contains(replicated) && page.contains(confidence))
    #expect(page.contains("says which of these it rests on"))
  }
}
