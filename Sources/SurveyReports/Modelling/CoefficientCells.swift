internal import Glibc
internal import SurveyModels
internal import SurveyRequests
internal import SurveyTables

/// Coefficients, or the ratios that they are logarithms of, with a figure in parentheses below each.
struct CoefficientCells {
  let figure: ModelReportOptions.Parentheses
  let areRatios: Bool
  private let stars: SignificanceStars?
  private let digits: Int?

  init(
    _ figure: ModelReportOptions.Parentheses, areRatios: Bool, stars: SignificanceStars?,
    digits: Int?
  ) {
    self.figure = figure
    self.areRatios = areRatios
    self.stars = stars
    self.digits = digits
  }

  /// The cells of one parameter in every model.
  ///
  /// All have three decimals; more where the smallest standard error needs them, fewer where it is large.
  ///
  /// - Parameter parameters: The parameter in every model; nil where a model does not have it.
  func cells(
    of parameters: [(any ParameterRow)?], at place: CategoryRow.Place
  ) -> (above: [Table.Cell], below: [Table.Cell]) {
    var isRatio = areRatios
    if case .cut = place { isRatio = false }
    func shown(_ value: Double) -> Double { isRatio ? exp(value) : value }
    // The influence of exp(b) is exp(b) times that of b.
    func error(_ row: any ParameterRow) -> Double {
      isRatio ? exp(row.estimate) * row.standardError : row.standardError
    }
    let errors = parameters.compactMap { $0.map(error) }.filter { $0 > 0 && $0.isFinite }
    let size = errors.min().map { Int(log10($0).rounded(.down)) } ?? 0
    let format = Table.Format.fixed(
      digits: digits ?? max(0, min(3, 3 - size), decimals(toShow: errors)))
    func quantity(_ value: Double) -> Table.Quantity { Table.Quantity(value, as: format) }
    func mark(_ row: any ParameterRow) -> String {
      if case .cut = place { return "" }
      return stars?.mark(row.pValue) ?? ""
    }
    func parenthesized(_ row: any ParameterRow) -> [Table.Quantity] {
      switch figure {
      case .standardError: [quantity(error(row))]
      case .interval: [quantity(shown(row.interval.low)), quantity(shown(row.interval.high))]
      case .statistic: [Table.Quantity(row.statistic, as: .fixed(digits: digits ?? 2))]
      case .probability: [Table.Quantity(row.pValue, as: .probability)]
      }
    }
    return (
      parameters.map { row in
        row.map { .estimate(quantity(shown($0.estimate)), low: nil, high: nil, mark: mark($0)) }
          ?? .empty
      },
      parameters.map { row in row.map { .parenthesized(nil, parenthesized($0)) } ?? .empty }
    )
  }
}
