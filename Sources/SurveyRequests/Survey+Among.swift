package import SurveyData
package import SurveyStatistics

extension Survey {
  /// The same survey, asked about the people of some categories of a variable.
  package func among(_ categories: [Category], of variable: String) throws -> Survey {
    let codes = categories.map { category in
      let quote = category.code.contains("'") ? "\"" : "'"
      return quote + category.code + quote
    }
    return try within("`\(variable)` in (\(codes.joined(separator: ", ")))")
  }
}
