import Foundation
import Testing
import VektTestSupport

@Suite(
  "Emitted R programs of the paradox give Vekt's own numbers",
  .enabled(if: EmittedProgram.hasR, "Rscript with the package survey is not installed"))
struct EmittedParadoxTests {
  static let reference = Places.reference.appending(path: "paradox.csv").path
  static let estimates = Places.root.appending(path: "Tests/IntegrationParadoxTests/Reference")

  static let mediations = [
    "DATA discr --key edu,gen --block exposure=expo --block awareness=aware --controls female,age",
    "DATA discr --key edu,gen --block m=expo,aware --controls age --se sobel",
    "DATA discr --key factor(edu) --block exposure=expo,yrs --block m=aware --by gen --se fixed "
      + "--where 'age > 25 and age < 70'",
    "DATA discr --key edu --block m=expo,aware --by gen --scale probability --unconditional",
    "DATA discr --key edu --block exposure=expo --block m=aware --by gen --scale probability --se model",
    "DATA own --key edu --block exposure=expo --block m=factor(aware) --by gen --family linear",
    "DATA own --key edu --block exposure=expo --block m=aware --family linear --se model",
    "DATA seen --key edu --block exposure=expo --block m=aware --by gen --family ordinal",
    "DATA seen --key edu --block exposure=expo --family ordinal --se model",
  ].map { "paradox models " + $0 }

  static let gradients = [
    "DATA discr --over edu",
    "DATA discr --over edu --by gen --reference 1",
    "DATA discr --over edu --by gen --controls female,age,factor(stratum) --where 'age > 25'",
    "DATA discr --over yrs --spline 4 --controls female,age --at age=40 --by gen --level 0.9",
    "DATA discr --over yrs --spline 8,12,14,18",
  ].map { "paradox gradient " + $0 }

  static let decompositions = [
    "DATA discr --covariates edu,female,age,expo,aware --where 'age > 25'",
    "DATA discr --covariates factor(edu),age --coefficients group1 --reference 1",
    "DATA discr --covariates factor(edu),age --coefficients pooled",
    "DATA discr --covariates factor(edu),age --threefold",
    "DATA own --covariates factor(edu),age --method oaxaca --coefficients pooled",
    "DATA own --covariates factor(edu),age --method oaxaca --threefold --level 0.9",
  ].map { "paradox decompose \($0) --by gen" }

  static let tippings = [
    "DATA discr --over edu",
    "DATA discr --over edu --levels 3,0 --sensitivity 0.95 --specificity 0.9",
    "DATA 'own >= 3' --over gen --where 'age > 25 and age < 70'",
  ].map { "paradox tipping " + $0 }

  @Test(arguments: [mediations, gradients, decompositions, tippings])
  func `on a clustered sample`(commands: [String]) throws {
    try EmittedProgram.expectSame(
      commands.map { $0 + " --weights w --strata stratum --psu psu" }, data: Self.reference)
  }

  static let imputed = [
    "paradox discordance DATA integ accept --by gen --controls female,age",
    "paradox discordance DATA integ accept --level 0.9",
    "paradox gap DATA integ accept --by gen --odds",
    "paradox models DATA discr --key edu,gen --block exposure=expo --block awareness=aware "
      + "--controls female,age",
    "paradox models DATA discr --key factor(edu) --block m=expo,aware --by gen --se fixed",
    "paradox models DATA discr --key edu --block exposure=expo --block m=aware --by gen "
      + "--scale probability --se sobel",
    "paradox models DATA own --key edu --block m=expo,aware --family linear",
    "paradox models DATA seen --key edu --block exposure=expo --family ordinal",
    "paradox decompose DATA discr --by gen --covariates factor(edu),age,expo --coefficients pooled",
    "paradox decompose DATA own --by gen --covariates factor(edu),age --method oaxaca --threefold",
    "paradox tipping DATA discr --over edu",
    "paradox tipping DATA discr --over edu --levels 3,0 --sensitivity 0.95 --specificity 0.95",
    "paradox gradient DATA discr --over edu --by gen --controls female,age",
    "paradox gradient DATA discr --over edu --level 0.9",
    "paradox gradient DATA discr --over yrs --spline 8,12,16 --controls female --by gen",
  ]

  /// Four copies of the clustered sample, in which some answers are those of other respondents.
  @Test func `combined over imputed data sets`() throws {
    let folder = try Places.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let lines = try String(contentsOfFile: Self.reference, encoding: .utf8)
      .split(whereSeparator: \.isNewline)
    let people = lines.dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    for number in 1...4 {
      var text = lines[0] + "\n"
      for (row, person) in people.enumerated() {
        var fields = person
        let other = people[(row + 131 * number) % people.count]
        // Nobody gains an answer, and nobody loses one.
        if row % 7 == 0, person[13].isEmpty == other[13].isEmpty {
          fields.replaceSubrange(9..., with: other[9...])
          // Those among whom somebody is modelled are the same in all.
          fields[12] = person[12]
        }
        if row % 11 == 0 { fields[5] = other[5] }
        text += fields.joined(separator: ",") + "\n"
      }
      try String(text).write(
        to: folder.appending(path: "imputed-\(number).csv"), atomically: true, encoding: .utf8)
    }
    let data = " --imputations \(folder.appending(path: "imputed-*.csv").path)"
    try EmittedProgram.expectSame(
      Self.imputed.map { $0 + data + " --weights w --strata stratum --psu psu" },
      data: folder.appending(path: "imputed-1.csv").path)
  }

  static let trials = [
    "paradox pool DATA",
    "paradox pool DATA --knapp-hartung --moderator ablat,alloc --egger",
    "paradox pool DATA --hk-adhoc --method pm --level 0.9",
    "paradox pool DATA --method fe --moderator alloc",
    "paradox pool DATA --method dl --where 'ablat > 20'",
    "paradox pool DATA --method ml",
    "paradox pool DATA --effect partial-r --df-column ablat",
    "paradox pool DATA --effect fisher-z --df-column ablat --method ml --egger",
  ]
  static let schools = [
    "paradox pool DATA --cluster district", "paradox pool DATA --cluster district --moderator year",
  ]

  @Test(
    .enabled(if: EmittedProgram.hasMetafor, "the R package metafor is not installed"),
    arguments: [("bcg", trials), ("konstantopoulos", schools)])
  func `on estimates`(file: String, commands: [String]) throws {
    let folder = try Places.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let data = folder.appending(path: "\(file).csv")
    // The first line names the program that the file comes from.
    let lines = try String(
      contentsOf: Self.estimates.appending(path: "\(file).csv"), encoding: .utf8
    )
    .split(separator: "\n").dropFirst()
    try (lines.joined(separator: "\n") + "\n").write(to: data, atomically: true, encoding: .utf8)
    try EmittedProgram.expectSame(commands, data: data.path)
  }

  @Test(.enabled(if: EmittedProgram.hasMetafor, "the R package metafor is not installed"))
  func `all tables of the sample survey`() throws {
    try EmittedProgram.expectSame(
      [
        "paradox all DATA",
        "paradox all DATA --tables T1 --where 'age > 30' --ci wilson --level 0.9",
      ], data: EmittedProgram.everyday)
  }

  /// The same with three groups, each of which is taken apart from the first.
  @Test func `all tables of three groups`() throws {
    let folder = try Places.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "roles.yaml")
    try """
    judgements: [integrated, accepted]
    outcome: discriminated
    group: country_group_three_way
    status: education
    exposure: [contact_majority]
    controls: [age]
    """.write(to: file, atomically: true, encoding: .utf8)
    try EmittedProgram.expectSame(
      ["paradox all DATA --spec \(file.path) --tables T4,T6 --scale probability"],
      data: EmittedProgram.everyday)
  }
}
