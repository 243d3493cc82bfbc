import SurveyData
import SurveyModels
import SurveyRequests

/// A fit whose terms are written in the words of another program.
protocol TranslatedFit: FormulaFit {
  /// The formula with the terms that have a coefficient.
  var keptFormula: Formula { get }
  /// The knots of every spline, by its name.
  var knots: [String: [Double]] { get }
}

extension ModelFit: TranslatedFit {}
extension CategoryFit: TranslatedFit {}

extension RProgram {
  /// Fits below each other, what each says beyond the one before it, and what is asked of the first.
  ///
  /// - Parameters:
  ///   - write: Writes a fit, which has a number where there are several.
  ///   - test: The joint test of some terms of a fit of a name.
  mutating func writeSeries<Fit: TranslatedFit>(
    _ models: ModelAnalysis<Fit>, _ write: (inout RProgram, Fit, _ place: Int?) throws -> Void,
    test: (inout RProgram, _ terms: [String], _ name: String, Fit) throws -> String
  ) throws {
    let isSeries = models.fits.count > 1
    add("rows <- tests <- list()")
    for (index, fit) in models.fits.enumerated() {
      add()
      if let name = fit.formula.name { comment("\(name): \(fit.formula.source)") }
      try write(&self, fit, isSeries ? index + 1 : nil)
    }
    if isSeries { try writeDifferences(models, test: test) }
    add("report(\"rows\", do.call(rbind, rows))")
    try writeMargins(models.margins)
    writeTests()
  }

  /// What each model says beyond the one before it.
  private mutating func writeDifferences<Fit: TranslatedFit>(
    _ models: ModelAnalysis<Fit>,
    test: (inout RProgram, _ terms: [String], _ name: String, Fit) throws -> String
  ) throws {
    let form = models.report.termTests
    let differences = try ModelDifference.between(models.fits, test: form)
    guard !differences.isEmpty else { return }
    add("differences <- list()")
    for difference in differences {
      let (large, small) = (models.fits[difference.larger], models.fits[difference.smaller])
      let known = try termTexts(of: small.keptFormula, knots: small.knots)
      let added = try termTexts(of: large.keptFormula, knots: large.knots)
        .filter { !known.contains($0) }
      add("differences[[length(differences) + 1]] <- cbind(")
      add(
        "  data.frame(model = \(difference.larger + 1), than = \(difference.smaller + 1), "
          + "test = \"\(Self.name(form))\"),")
      add("  \(try test(&self, added, "fit\(difference.larger + 1)", large)))")
    }
    add("report(\"differences\", do.call(rbind, differences))")
  }

  /// Keeps what was found of a fit, with ratios where they are asked for.
  mutating func keepRows(_ report: ModelReportOptions) {
    if report.exponentiate {
      add("found[c(\"exp_estimate\", \"exp_conf_low\", \"exp_conf_high\")] <-")
      add("  exp(found[c(\"estimate\", \"conf_low\", \"conf_high\")])")
    }
    add("rows[[length(rows) + 1]] <- found")
  }

  /// How models fit; their BIC is measured against the one with most parameters.
  mutating func writeStatistics(
    _ function: String, _ fits: [some FormulaFit], sizes: [Int], more: String = "",
    degreesOfFreedom: (String) -> String
  ) {
    let isSeries = fits.count > 1
    let isImputed = source.survey.isImputed
    let largest = sizes.firstIndex(of: sizes.max() ?? 0) ?? 0
    let each = fits.indices.map { index in
      let name = isSeries ? "fit\(index + 1)" : "fit"
      var other = ""
      if isSeries {
        let isSame = fits[index].formula.outcome == fits[largest].formula.outcome
        other = ", \(isSame ? "fit\(largest + 1)" : "NULL")"
      }
      let df = isImputed ? "NULL" : degreesOfFreedom(name)
      let call = "\(function)(\(name), \(df)\(other)\(more))"
      return isSeries ? "  cbind(model = \(index + 1), \(call))" : "  \(call)"
    }
    add("report(\"fit\", rbind(\n\(each.joined(separator: ",\n"))))")
    if isImputed {
      let first = isSeries ? "!duplicated(whole$rows$model)" : "1"
      closing = "whole$fit$df <- whole$rows$df[\(first)]"
    }
  }
}
