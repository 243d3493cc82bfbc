import SurveyData
import SurveyReports
internal import SurveyTables

extension Tree {
  /// The sentence that says how the sample was drawn, from the `design` of a document.
  func designSentence(in language: String) -> String {
    sentence.text(in: language)
  }

  private var sentence: Phrase {
    let weight = self["weights"]?.words
    func unitless(_ remark: Phrase) -> Phrase {
      .design(strata: nil, clusters: nil, namesUnits: false, weight: weight, remarks: [remark])
    }
    if errorBasis == .nothing { return unitless(.withoutErrors) }
    if let replicates = self["replicates"], let count = replicates["count"]?.count,
      let method = replicates["method"]?.words
    {
      return unitless(.replicates(count, method: method))
    }
    let isElementSample = self["element_sample"] == .value(.flag(true))
    let hasStrata = self["strata"]?.words != nil
    return .design(
      strata: hasStrata ? self["strata_count"]?.count : nil,
      clusters: isElementSample ? nil : self["psu_count"]?.count, weight: weight)
  }

  /// What standard errors are made from, from the `design` of a document.
  var errorBasis: ErrorBasis {
    switch self["variance"]?.words {
    case "none": .nothing
    case "replication": .replication
    default: self["statement"]?.words == "declared" ? .design : .simpleRandom
    }
  }

  /// The part of a name.
  subscript(key: String) -> Tree? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.tree
  }

  /// The text, if it is one.
  var words: String? {
    if case .value(.text(let words)) = self { words } else { nil }
  }

  /// The count, if it is one.
  var count: Int? {
    if case .value(.integer(let count)) = self { count } else { nil }
  }

  /// Whether it is a list that has something.
  var isFilled: Bool {
    if case .list(let parts) = self { !parts.isEmpty } else { false }
  }
}
