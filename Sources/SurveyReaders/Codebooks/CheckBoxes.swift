internal import SurveyData

/// The check boxes of one question, a column each, by the names that survey tools give them: REDCap's
/// `race___1`, LimeSurvey's `Q1[SQ001]`, SurveyXact's `s_2_1`.
enum CheckBoxes {
  /// The two answers of a box: not chosen, chosen.
  private static let answers = [("0", "1"), ("N", "Y"), ("No", "Yes"), ("Nei", "Ja")]

  /// The questions whose columns hold nothing but the two answers of a box, both of which occur.
  static func groups(of variables: [Variable]) -> [VariableGroup] {
    var members: [String: [Variable]] = [:]
    var questions: [String] = []
    for variable in variables {
      guard let question = question(of: variable.name) else { continue }
      if members[question] == nil { questions.append(question) }
      members[question, default: []].append(variable)
    }
    let names = Set(variables.map(\.name))
    return questions.compactMap { question in
      let boxes = members[question] ?? []
      let codes = boxes.map { Set($0.categories.map(\.code)) }
      let all = codes.reduce(into: Set<String>()) { $0.formUnion($1) }
      guard boxes.count > 1, !names.contains(question), codes.allSatisfy({ !$0.isEmpty }),
        boxes.allSatisfy({ $0.range == nil }),
        let (_, chosen) = answers.first(where: { Set([$0, $1]) == all })
      else { return nil }
      var group = VariableGroup(question)
      group.kind = .multiple
      group.members = boxes.map(\.name)
      group.counted = chosen
      return group
    }
  }

  /// What stands before the part of a column's name that tells one box from another.
  private static func question(of name: String) -> String? {
    if let end = name.firstRange(of: "___")?.lowerBound {
      let rest = name[end...].drop { $0 == "_" }
      return end == name.startIndex || rest.isEmpty ? nil : String(name[..<end])
    }
    if name.hasSuffix("]"), let start = name.lastIndex(of: "[") {
      let question = String(name[..<start]).trimmingBlanks
      return question.isEmpty ? nil : question
    }
    let parts = name.split(separator: "_", omittingEmptySubsequences: false)
    let isNumbered =
      parts.count == 3 && parts[0] == "s" && parts[1...].allSatisfy { Int($0) != nil }
    return isNumbered ? "s_\(parts[1])" : nil
  }
}
