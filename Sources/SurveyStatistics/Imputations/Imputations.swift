public import SurveyData

/// The same survey with its missing answers imputed several times, or one survey as it is.
///
///     let shares = try imputations.pooled { try $0.tabulate("trust", by: ["origin"]) }
public struct Imputations: Sendable {
  /// The data sets, each with its design.
  public let surveys: [Survey]
  /// What each is called: a file's name, or a file and the number of the imputation.
  public let names: [String]
  /// The file in which they stand below each other; nil when each has its own.
  public let stack: StackedImputations?

  /// One survey as it is.
  ///
  /// - Parameter survey: The survey.
  public init(_ survey: Survey) {
    surveys = [survey]
    names = [survey.dataset.source.facts.path]
    stack = nil
  }

  /// Several imputed data sets.
  ///
  /// - Parameters:
  ///   - surveys: The data sets, at least two, with the same rows and the same design.
  ///   - stack: The file in which they stand below each other; nil when each has its own.
  /// - Throws: ``SurveyError`` when there is one only, or rows or designs differ.
  public init(_ surveys: [Survey], from stack: StackedImputations? = nil) throws {
    let names = surveys.map(\.dataset.source.facts.path)
    guard surveys.count > 1 else {
      throw SurveyError(
        .usage, at: names.first, "there is one imputation, which cannot tell how uncertain it is",
        remedy: "Give two imputed data sets or more, as in --imputations 'imp_*.csv'.")
    }
    for (other, name) in zip(surveys, names).dropFirst() {
      let (rows, first) = (other.weights.values.count, surveys[0].weights.values.count)
      guard rows == first else {
        throw SurveyError(
          .data, at: name, "has \(rows) rows, but \(names[0]) has \(first)",
          remedy: "Imputations of the same people have the same rows.")
      }
      guard other.roster.strata == surveys[0].roster.strata else {
        throw SurveyError(
          .data, at: name, "has other strata or sampling units than \(names[0])",
          remedy: "Strata, sampling units and population sizes are the same in all imputations.")
      }
    }
    self.surveys = surveys
    self.names = names
    self.stack = stack
  }

  private init(surveys: [Survey], names: [String], stack: StackedImputations?) {
    (self.surveys, self.names, self.stack) = (surveys, names, stack)
  }

  /// The same data sets, asked about those of their subpopulation for whom a condition holds.
  ///
  /// - Parameter condition: A condition on the answers; imputed ones may differ between data sets.
  /// - Throws: ``SurveyError`` when the condition does not fit or nobody is left.
  /// - Complexity: O(rows) a data set.
  public func within(_ condition: String) throws -> Imputations {
    Imputations(surveys: try surveys.map { try $0.within(condition) }, names: names, stack: stack)
  }

  /// The first data set, which speaks for the design and the codebook of all.
  public var first: Survey { surveys[0] }

  /// Whether there are several data sets.
  public var areSeveral: Bool { surveys.count > 1 }

  /// Makes an analysis in every data set and combines the results by Rubin's rules; of one survey,
  /// the analysis as it is.
  ///
  /// `Q̄` with `T = Ū + (1 + 1∕m) B`, see ``PooledEstimate``; joint tests by D₁, and tests that are
  /// none of estimates by D₂ from their p-values. The imputations must hold what the analysis asks:
  /// a model that the imputer left out makes it too calm.
  ///
  /// - Parameters:
  ///   - options: How intervals and flags of the combined estimates are made.
  ///   - analysis: The analysis.
  /// - Returns: The combined result, in the units that the analysis has.
  /// - Throws: ``SurveyError`` of the analysis, or when data sets do not give the same estimates.
  /// - Complexity: m times that of the analysis.
  /// - Note: Agrees with `MIcombine` of R's mitools 2.4 in estimates and errors.
  /// - SeeAlso: Rubin (1987), Multiple Imputation for Nonresponse in Surveys, section 3.1; Barnard
  ///   and Rubin (1999), Biometrika 86.
  public func pooled<Result: Poolable>(
    options: EstimationOptions = EstimationOptions(), _ analysis: (Survey) throws -> Result
  ) throws -> Result {
    let found = try zip(surveys, names).enumerated().map { number, member in
      do {
        return try analysis(member.0)
      } catch let error as SurveyError where number > 0 {
        throw error.located(at: member.1)
      }
    }
    return areSeveral ? try Result.pooled(found, options: options) : found[0]
  }
}
