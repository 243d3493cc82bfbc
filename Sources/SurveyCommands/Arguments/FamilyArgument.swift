import ArgumentParser
import SurveyModels

/// What `--family` names: a model of one mean or chance, or of several answers.
enum FamilyArgument: ExpressibleByArgument, Sendable {
  case one(ModelFamily)
  case several(CategoryFamily)

  init?(argument: String) {
    if let family = CategoryFamily(rawValue: argument) {
      self = .several(family)
    } else if let family = ModelFamily(rawValue: argument) {
      self = .one(family)
    } else {
      return nil
    }
  }

  static var allValueStrings: [String] {
    ModelFamily.allCases.map(\.rawValue) + CategoryFamily.allCases.map(\.rawValue)
  }

  /// The family of a model of one mean or chance.
  var single: ModelFamily? { if case .one(let family) = self { family } else { nil } }
}
