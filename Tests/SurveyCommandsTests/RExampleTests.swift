import Foundation
import SurveyCommands
import Testing
import VektTestSupport

/// Numbers of the help pages of R's survey 4.1 on the data of the package, which R writes down for the test.
@Suite(
  "The examples of R's survey have R's numbers",
  .enabled(if: EmittedProgram.hasR, "Rscript with the package survey is not installed"))
struct RExampleTests {
  private let folder: URL

  init() throws {
    folder = try Places.temporaryFolder()
    let script = """
      library(survey); data(api); data(scd); data(mu284); data(election)
      apiclus2$w <- weights(svydesign(id = ~dnum + snum, fpc = ~fpc1 + fpc2, data = apiclus2))
      mu284$w <- weights(svydesign(id = ~id1 + id2, fpc = ~n1 + n2, data = mu284))
      scd$w <- 1; scd$size <- 5; election_pps$w <- 1 / election_pps$p
      save <- function(d, name) {
        names(d) <- gsub(".", "_", names(d), fixed = TRUE)
        write.csv(d, paste0("\(folder.path)/", name, ".csv"), row.names = FALSE, na = "")
      }
      save(apistrat, "strat"); save(apiclus1, "clus1"); save(apiclus2, "clus2")
      save(scd, "scd"); save(mu284, "mu284"); save(election_pps, "election")
      """
    let file = folder.appending(path: "export.R")
    try script.write(to: file, atomically: true, encoding: .utf8)
    let found = try EmittedProgram.run([file.path])
    #expect(found.status == 0, "\(found.faults)")
    try """
    variable,category,total
    stype,E,4421
    stype,H,755
    stype,M,1018
    sch_wide,No,1072
    sch_wide,Yes,5122
    api99,,3914069
    """.write(to: folder.appending(path: "totals.csv"), atomically: true, encoding: .utf8)
  }

  /// The estimates of a command's rows, then their standard errors, against R's.
  private func expect(
    _ command: String, _ expected: [Double], tolerance: Double = 1e-9,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let rows = try CommandRun.rows(words(command))
    let found = ["estimate", "std_error"].flatMap { key in
      rows.map { ($0[key] as? Double) ?? .nan }
    }
    #expect(found.count == expected.count, "\(command)", sourceLocation: sourceLocation)
    for (own, other) in zip(found, expected) {
      #expect(
        abs(own - other) <= tolerance * abs(other), "\(command): \(own), and \(other) in R",
        sourceLocation: sourceLocation)
    }
  }

  /// The words of a command, a formula in quotation marks; `NAME.csv` stands in the folder.
  private func words(_ command: String) -> [String] {
    command.split(separator: "'", omittingEmptySubsequences: false).enumerated()
      .flatMap { place, part in
        place.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [String(part)]
      }.map { $0.hasSuffix(".csv") ? folder.appending(path: $0).path : $0 }
  }

  private func weigh(_ command: String) throws {
    let found = CommandRun(words("weight \(command)"))
    #expect(found.status == 0, "\(found.remarks)")
  }

  @Test func `svydesign of strata, of clusters and of two stages with population sizes`() throws {
    let strata = "strat.csv --weights pw --strata stype --fpc fpc"
    try expect("summarize \(strata) api00", [662.28736315932076, 9.40894080278458])
    try expect(
      "summarize \(strata) enroll --statistic total", [3687177.53243828, 114641.71610078])
    let clusters = "clus1.csv --weights pw --psu dnum --fpc fpc"
    try expect("summarize \(clusters) api00", [644.169398907104, 23.542240693781])
    try expect(
      "summarize \(clusters) enroll --statistic total", [3404940.134529114, 932235.027041215])
    try expect(
      "summarize \(clusters) api00 --statistic median", [652, 35.6678826994527])
    try expect(
      "model \(clusters) 'sch_wide ~ ell + meals'",
      [
        1.89955691113640546, 0.03992541079783024, -0.01911468246615424, 0.50991480450716953,
        0.01244267277794352, 0.00882544484087491,
      ], tolerance: 1e-7)
    let stages = "clus2.csv --weights w --psu dnum,snum --fpc fpc1,fpc2"
    try expect("summarize \(stages) api00", [670.8118081180812, 30.0990273768366])
    try expect("summarize \(stages) api00 --statistic total", [3440375.75, 926665.58609027])
    try expect(
      "summarize mu284.csv y1 --statistic total --weights w --psu id1,id2 --fpc n1,n2",
      [15080, 2274.25470087333])
  }

  @Test func `unequal probabilities by Brewer and by Overton`() throws {
    let command =
      "summarize election.csv Bush Kerry Nader --statistic total --weights w --fpc p --pps"
    let totals = [64518472.380539976, 51202102.096248314, 478530.523211708]
    try expect(
      "\(command) brewer", totals + [2447628.888656152, 2450786.539082407, 102420.243515406])
    try expect(
      "\(command) overton", totals + [2939607.849939365, 1964631.628741710, 104372.835262250])
  }

  /// Means after each step, linearized and by JK1 whose replicates took the step too.
  ///
  /// R's `rake` and Newton steps end where `epsilon = 1e-12` has them.
  @Test(arguments: [
    ("--poststratify stype", [642.3107882115821, 23.9204864450904], [26.934535367426]),
    ("--rake stype,sch_wide", [641.2303209268200, 23.7036168879225], [26.8739804354671]),
    ("--calibrate 'stype + api99'", [665.30907116577998, 3.44175311640481], [3.94285448376767]),
    (
      "--calibrate 'stype + api99' --method raking", [665.39379600015013, 3.43775353983483], []
    ),
    (
      "--calibrate 'stype + api99' --method logit --bounds 0.5,2.5",
      [665.43157481167555, 3.43254684979003], []
    ),
  ])
  func `postStratify, rake and calibrate`(
    _ step: String, _ linearized: [Double], _ replicated: [Double]
  ) throws {
    let command = "clus1.csv --weights pw --psu dnum --fpc fpc \(step) --totals totals.csv"
    try weigh("\(command) --output linearized.csv")
    try expect("summarize linearized.csv api00", linearized, tolerance: 1e-8)
    try weigh("\(command) --replicates jk1 --output replicated.csv")
    guard !replicated.isEmpty else { return }
    try expect(
      "summarize replicated.csv api00", [linearized[0]] + replicated, tolerance: 1e-8)
  }

  @Test func `survival in cardiac arrest by as.svrepdesign of every kind`() throws {
    let ratio = 0.15350635008282718
    let design = "scd.csv --weights w --strata ESA --psu ambulance"
    try expect("summarize --ratio alive/arrests \(design)", [ratio, 0.00980730359997476])
    try expect(
      "summarize --ratio alive/arrests \(design) --fpc size", [ratio, 0.00759670470278045])
    for (place, kind, error) in [
      (1, "brr", 0.00941840066991849), (2, "fay --fay-rho 0.3", 0.00952518747770524),
      (3, "jkn", 0.00984645720399716), (4, "jkn --fpc size", 0.00762703295404501),
    ] {
      try weigh("\(design) --replicates \(kind) --output made\(place).csv")
      try expect("summarize --ratio alive/arrests made\(place).csv", [ratio, error])
    }
  }
}
