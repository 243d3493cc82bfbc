package import IntegrationParadox
package import SurveyData
import SurveyModels
import SurveyRequests
package import SurveyStatistics

extension SeveralAnalyses {
  /// The analyses of `paradox all`.
  ///
  /// - Parameters:
  ///   - roles: Which variable plays which part.
  ///   - survey: The survey, of those whom the roles are about.
  ///   - scale: The scale of T4.
  ///   - wanted: The tables, T1 to T7.
  package init(
    _ roles: ParadoxRoles, of survey: Survey, scale: MediationScale, tables wanted: Set<String>,
    interval: ProportionIntervalMethod, language: String
  ) throws {
    var parts: [(name: String, analysis: Analysis)] = []
    let (a, b) = (roles.first, roles.second)
    let mechanisms = roles.mechanisms.map { MediatorBlock($0.name, $0.variables) }
    if wanted.contains("T1") {
      let items = [a, b, roles.outcome]
      parts.append(
        (
          "prevalence",
          .translated(
            PrevalenceAnalysis(
              items: try items.map { ($0, try Judgement($0, in: survey.dataset).expression) },
              group: roles.group,
              groups: try items.map {
                try survey.prevalence(of: $0, by: roles.group).rows.compactMap(\.group?.code)
              }, interval: interval))
        ))
    }
    if wanted.contains("T2") {
      let gap = try survey.gap(a, b, by: roles.group, reference: roles.reference)
      let judgements = try JudgementAnalysis(
        a, b, by: roles.group, reference: gap.differences.first?.reference.code, in: survey)
      parts += [("gap", .gap(judgements)), ("discordance", .discordance(judgements))]
    }
    if !mechanisms.isEmpty, wanted.contains("T3") || wanted.contains("T4") {
      let found = try survey.mediation(
        of: roles.outcome, keys: [roles.status], blocks: mechanisms, controls: roles.controls,
        scale: scale, by: roles.group, reference: roles.reference)
      parts.append(
        (
          "models",
          .translated(
            try MediationAnalysis(
              found, outcome: roles.outcome, keys: [roles.status], controls: roles.controls,
              group: roles.group, errors: .joint, isUnconditional: false, isOrdered: false,
              in: survey))
        ))
    }
    if wanted.contains("T5") {
      let gradient = try survey.gradient(
        of: roles.outcome, over: roles.status, by: roles.group, controls: roles.controls,
        reference: roles.reference)
      let tipping = try survey.tipping(roles.outcome, over: roles.status)
      parts += [
        (
          "gradient",
          .translated(
            try GradientAnalysis(
              gradient, outcome: roles.outcome, over: roles.status, by: roles.group,
              controls: roles.controls, spline: nil, at: [:], in: survey))
        ),
        (
          "tipping",
          .translated(
            try TippingAnalysis(
              tipping, outcome: roles.outcome, over: roles.status, options: TippingOptions(),
              in: survey))
        ),
      ]
    }
    if wanted.contains("T6") { parts += try Self.decompositions(roles, of: survey) }
    if wanted.contains("T7"), let over = roles.pool {
      let rows = try survey.gap(a, b, by: over).rows.filter { $0.difference.standardError > 0 }
      parts.append(
        (
          "pool",
          .translated(
            PooledGapAnalysis(
              first: try Judgement(a, in: survey.dataset).expression,
              second: try Judgement(b, in: survey.dataset).expression, over: over,
              parts: rows.compactMap { row in
                row.group.map { ($0.code, $0.name(in: language)) }
              }))
        ))
    }
    self.init(parts: parts)
  }

  /// The outcome of each group and of the one that they are compared with, taken apart.
  private static func decompositions(
    _ roles: ParadoxRoles, of survey: Survey
  ) throws -> [(name: String, analysis: Analysis)] {
    let groups = try survey.prevalence(of: roles.outcome, by: roles.group).rows.compactMap(\.group)
    let base = try Survey.base(
      roles.reference, of: survey.dataset.variable(roles.group), among: groups)
    let others = groups.filter { $0.code != base.code }
    var options = DecompositionOptions()
    options.reference = base.code
    let covariates = [roles.status] + roles.controls + roles.mechanisms.flatMap(\.variables)
    return try others.map { other in
      let pair = try others.count == 1 ? survey : survey.among([base, other], of: roles.group)
      let found = try pair.decompose(
        roles.outcome, by: roles.group, covariates: covariates, options: options)
      return (
        others.count > 1 ? "decomposition_\(other.code)" : "decomposition",
        .translated(
          try DecompositionAnalysis(
            found, outcome: roles.outcome, by: roles.group, covariates: covariates,
            options: options, in: survey))
      )
    }
  }
}
