internal import SurveyData
internal import SurveyRequests
internal import SurveyStatistics
internal import SurveyTables

extension TableOne {
  /// The sentences below: base, those whose group is not known, tests, design, source.
  var notes: [String] {
    let isWeighted = context.survey.weights.name != nil
    var phrases = [Phrase.tableOneBase(isWeighted: isWeighted, hasMeans: figures.contains(.mean))]
    phrases += blocks.flatMap(\.sentences)
    let several = entries.contains {
      if case .shares(let all, _) = $0.figures { all.variable.hasSeveralAnswers } else { false }
    }
    if several { phrases.append(.severalAnswers) }
    let unknown = size(of: []) - groups.dropFirst().reduce(0) { $0 + size(of: $1) }
    if unknown > 0, people.groups != nil {
      let title = groupVariables.map { $0.title(in: language) }.joined(separator: " × ")
      phrases.append(.withoutBackground([(title: title, count: unknown)], isLargest: false))
    }
    let nobody = groups.filter { !$0.isEmpty && size(of: $0) == 0 }.map { group in
      group.map { $0.name(in: language) }.joined(separator: " · ")
    }
    if !nobody.isEmpty { phrases.append(.nobody(in: nobody)) }
    if entries.contains(where: { $0.test != nil }) { phrases.append(testNote) }
    let rows = entries.flatMap { entry in groups.flatMap { entry.estimates(of: $0) } }
    phrases += context.missingInformation(rows.map(\.missingInformation))
    return context.groupNotes(
      phrases, rowsRead: people.all.accounting.read, interval: nil, degreesOfFreedom: nil)
  }

  private var testNote: Phrase {
    var (shares, means, ranks): ([String], [String], [String]) = ([], [], [])
    for entry in entries {
      guard let name = entry.test?.test else { continue }
      let plain = name.hasPrefix("d2-") ? String(name.dropFirst(3)) : name
      if case .shares = entry.figures {
        if !shares.contains(name) { shares.append(name) }
      } else if RankTest(rawValue: plain) != nil {
        if !ranks.contains(name) { ranks.append(name) }
      } else if !means.contains(name) {
        means.append(name)
      }
    }
    return .tableOneTests(
      shares: shares.map { .test($0) }, means: means.map { .test($0) },
      ranks: ranks.map { .test($0) })
  }
}
