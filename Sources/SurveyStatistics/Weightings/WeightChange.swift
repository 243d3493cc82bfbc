internal import SurveyData

/// A step that is ready to be taken: by the weights of the sample, and by those of every replicate.
enum WeightChange: Sendable {
  /// Fits weights to totals.
  case calibration(Calibration)
  /// Lets respondents carry the others of their class.
  case response(CalibrationFrame, responded: [Bool])
  /// Multiplies every row by a number of its own, the same in every replicate.
  case factors([Double])

  /// - Parameters:
  ///   - targets: Other totals than the step's, as replicates of estimated ones have.
  ///   - context: Stands in front of errors.
  func applied(
    to weights: [Double], targets: [Double]? = nil, context: String = ""
  ) throws -> [Double] {
    switch self {
    case .calibration(let calibration):
      return try calibration.adjusted(weights, to: targets, context: context)
    case .factors(let factors): return zip(weights, factors).map(*)
    case .response(let frame, let responded):
      let all = frame.sums(weights)
      let answered = zip(weights, responded).map { $1 ? $0 : 0 }
      let own = frame.sums(answered)
      if let silent = all.indices.first(where: { all[$0] > 0 && own[$0] == 0 }) {
        let column = frame.columns[Int(frame.patterns[silent][0].column)]
        throw SurveyError(
          .noAnswer, at: column.variable,
          "\(context)nobody answered in '\(column.category)', so that nobody can carry those who did not",
          remedy: "Merge classes, such as with --derive, or name fewer variables.")
      }
      return frame.multiplied(answered, by: zip(all, own).map { $1 == 0 ? 1 : $0 / $1 })
    }
  }
}
