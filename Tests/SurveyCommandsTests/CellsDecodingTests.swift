import Foundation
import SurveyCommands
import Testing
import VektTestSupport

/// What stands in cells, and what becomes of it.
@Suite("Cells hold raw values") struct CellsDecodingTests: CellsTrial {
  /// A file, its codebook, the variables of its cells, and a line about them.
  static let files: [(csv: String, codebook: String?, by: [String], line: [String])] = [
    // Decimal commas, thousands, and codes that are numbers written so.
    (
      "x;y;w\n1,5;1 200;0,5\n2,25;900;1,5\n1,5;1 200;1\n;900;2\n2,25;1 200;1,25\n",
      "vekt: 1\nfile: {delimiter: \";\", decimal: \",\", thousands: \" \"}\nweights: {w: w}\nvariables: {}\n",
      ["x", "y"], ["summarize", "DATA", "x", "y", "--statistic", "mean,total"]
    ),
    // A range of missing codes, markers of the whole file, and values that nobody knows.
    (
      "a,b,c\n1,5,x\n2,93,x\n7,99,y\n1,NA,y\nNA,4,x\n2,4,zz\n1,5,NA\n",
      """
      vekt: 1
      file: {missing: [NA]}
      variables:
        a: {type: integer, codes: {1: One, 2: Two}, unknown: missing}
        b: {type: integer, range: [0, 10], missing: {90..99: refused}}
        c: {type: text, codes: {x: X, y: "Y"}, unknown: warn}
      """, ["a", "b", "c"], ["tabulate", "DATA", "a", "b", "--by", "c"]
    ),
    // Several answers in a cell, leading zeros, texts with delimiters and quotation marks.
    (
      "langs,zone,said\nNorsk;Engelsk,01,\"a, b\"\nNorsk,1,\"he \"\"said\"\"\"\nEngelsk,01,\n,1,\"a, b\"\n",
      """
      vekt: 1
      variables:
        langs: {kind: multiple, separator: ";"}
        zone: {type: text}
        said: {type: text}
      """, ["langs", "zone", "said"], ["tabulate", "DATA", "langs_Norsk", "said", "--by", "zone"]
    ),
  ]

  @Test(arguments: files.indices)
  func `raw values are decoded as those of the file`(index: Int) throws {
    let one = Self.files[index]
    let data = try SmallSurvey(one.csv, codebook: one.codebook)
    let path = try cells(of: data.data, one.by, in: data.folder)
    let found = difference(
      try json(one.line.map { $0 == "DATA" ? data.data : $0 }),
      try json(one.line.map { $0 == "DATA" ? path : $0 }))
    let written = try String(contentsOfFile: path, encoding: .utf8)
    #expect(found == nil, "\(found ?? ""): \(written)")
  }

  @Test func `raked replicates go through cells with their degrees of freedom`() throws {
    let folder = try Places.temporaryFolder()
    let data = "\(Places.root.path)/SampleData/municipalities-2024"
    let raked = folder.appending(path: "raked.csv").path
    let made = run([
      "weight", "\(data).csv", "--rake", "sex,region", "--totals", "\(data).totals.csv",
      "--replicates", "jkn", "--output", raked,
    ])
    try #require(made.status == 0, "\(made.remarks)")
    let path = try cells(of: raked, ["general_trust", "region"], in: folder)
    #expect(!(try String(contentsOfFile: path, encoding: .utf8)).contains("stratum"))
    for line in [
      ["tabulate", "DATA", "general_trust", "--by", "region", "--test"],
      ["tabulate", "DATA", "region"],
    ] {
      let found = difference(
        try json(line.map { $0 == "DATA" ? raked : $0 })["rows"] as Any,
        try json(line.map { $0 == "DATA" ? path : $0 })["rows"] as Any)
      #expect(found == nil, "\(line): \(found ?? "")")
    }
  }

  @Test func `the residuals of a raked weight are those of cells`() throws {
    let folder = try Places.temporaryFolder()
    let data = "\(Places.root.path)/SampleData/municipalities-2024"
    let raked = folder.appending(path: "raked.csv").path
    let made = run([
      "weight", "\(data).csv", "--rake", "sex,age_group,region", "--totals", "\(data).totals.csv",
      "--output", raked,
    ])
    try #require(made.status == 0, "\(made.remarks)")
    let path = try cells(of: raked, ["general_trust", "voted", "region", "age"], in: folder)
    for line in [
      ["tabulate", "DATA", "general_trust", "--by", "region", "--test"],
      ["summarize", "DATA", "age", "--by", "region", "--statistic", "mean,total"],
      ["model", "DATA", "voted ~ age + region"],
    ] {
      let found = difference(
        try json(line.map { $0 == "DATA" ? raked : $0 }),
        try json(line.map { $0 == "DATA" ? path : $0 }))
      #expect(found == nil, "\(line): \(found ?? "")")
    }
    let alone = run(
      [
        "cells", raked, "voted", "--psu", "respondent", "--output",
        folder.appending(path: "a.csv").path,
      ])
    #expect(alone.status == 0)
    let book = folder.appending(path: "raked.codebook.yaml")
    let text = try String(contentsOf: book, encoding: .utf8)
    let start = try #require(text.range(of: "\ndesign:"))
    let end = text.range(of: "\noutput:")?.lowerBound ?? text.endIndex
    try (text[..<start.lowerBound] + "\ndesign: none" + text[end...])
      .write(to: book, atomically: true, encoding: .utf8)
    let refused = run(["cells", raked, "voted", "--output", folder.appending(path: "b.csv").path])
    #expect(refused.status == 64, "\(refused.remarks)")
    #expect(refused.remarks.contains("'weight_adjusted' needs the people one by one"))
  }
}
