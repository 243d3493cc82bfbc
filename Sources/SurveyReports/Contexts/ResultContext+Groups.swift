internal import SurveyData
internal import SurveyStatistics

extension ResultContext {
  /// Every group of a variable, in order; nil where each of them is among those that have rows.
  ///
  /// Tables have a row of a group in which nobody is, so that nobody takes it for forgotten.
  func groups(of variable: String?, besides present: [Category?]) -> [Category]? {
    guard let variable, let all = try? survey.dataset.categorical(variable).categories else {
      return nil
    }
    let known = Set(present.compactMap { $0?.code })
    return known.isSubset(of: all.map(\.code)) && known.count < all.count ? all : nil
  }
}
