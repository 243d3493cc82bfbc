internal import SurveyData
internal import SurveyStatistics
internal import SurveyTables

extension ResultContext {
  /// To which composition groups are standardised; nothing where they are as they are.
  var standardSentence: [Phrase] {
    guard let standard = survey.standard else { return [] }
    let variables = standard.variables.compactMap { try? survey.dataset.variable($0) }
    let columns = standard.variables.compactMap { try? survey.dataset.categorical($0) }
    guard columns.count == standard.variables.count else { return [] }
    let shares = standard.shares.map { share in
      let names = zip(share.codes, columns).map { code, column in
        column.categories.first { $0.code == code }?.name(in: language) ?? code
      }
      return (name: names.joined(separator: " × "), share: share.share)
    }
    return [
      .standardized(variables.map { $0.title(in: language) }.joined(separator: " × "), shares)
    ]
  }

  /// The composition that groups are given, as a member of the design.
  var standardMembers: [Tree.Member] {
    guard let standard = survey.standard else { return [] }
    return [
      Tree.Member(
        "standard",
        .object([
          Tree.Member("variables", .list(standard.variables.map(Tree.text))),
          Tree.Member(
            "shares",
            .list(
              standard.shares.map { share in
                .object(
                  zip(standard.variables, share.codes).map { Tree.Member($0, .text($1)) }
                    + [Tree.Member("share", .value(.number(share.share)))])
              })),
        ]))
    ]
  }
}
