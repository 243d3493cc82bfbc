internal import SurveyData

extension Weighting {
  /// What a step did that no total shows.
  mutating func tell(_ adjustment: WeightAdjustment, _ old: [Double]) {
    func text(_ value: Double) -> String { canonicalCode((value * 1e6).rounded() / 1e6) }
    if adjustment.step == .nonresponse {
      let silent = zip(old, weights).count { $0 > 0 && $1 == 0 }
      notes.append(
        Note(
          .information, id: "weight.silent",
          "\(silent) who did not answer have a weight of zero now", naming: [String(silent)]))
    }
    if adjustment.step == .trim, let bounds = adjustment.bounds,
      let trimmed = Trimming(old, bounds: bounds)
    {
      let values = [
        String(trimmed.raised.count), text(trimmed.low), String(trimmed.cut.count),
        text(trimmed.high),
      ]
      notes.append(
        Note(
          .information, id: "weight.trimmed",
          "\(values[0]) weights were raised to \(values[1]) and \(values[2]) cut to \(values[3])",
          naming: values))
    }
    let negative = weights.indices.filter { weights[$0] < 0 }
    if let least = negative.min(by: { weights[$0] < weights[$1] }) {
      let value = text(weights[least])
      notes.append(
        Note(
          .warning, id: "weight.negative",
          "\(negative.count) weights are negative, the least \(value) in row \(least + 1), as linear calibration "
            + "may leave them, and no analysis takes them: give --bounds 0,inf, or --method raking",
          naming: [String(negative.count), value, String(least + 1)]))
    }
  }

  /// Says in how many replicates there are weights below zero.
  mutating func tellOfNegativeReplicates() {
    let count = replicates.count { $0.contains { $0 < 0 } }
    guard count > 0 else { return }
    notes.append(
      Note(
        .warning, id: "weight.negative-replicates",
        "\(count) of \(replicates.count) replicates have negative weights, as linear calibration may leave them, "
          + "and no analysis takes them: give --bounds 0,inf, or --method raking",
        naming: [String(count), String(replicates.count)]))
  }

  /// Says where the replicates leave out more than little: with the first stage's sampling fractions what the
  /// later stages add would count by these fractions.
  mutating func tellOfLaterStages() {
    let largest = survey.roster.strata.reduce(0) { max($0, $1.samplingFraction) }
    guard survey.roster.stages.count > 1, largest > 0.1 else { return }
    let percent = String(Int((100 * largest).rounded()))
    notes.append(
      Note(
        .warning, id: "weight.first-stage",
        "replicates are of the units of the first stage, of which up to \(percent) % were drawn, and leave out "
          + "what the later stages add to a variance; in a design without population sizes they hold all of it",
        naming: [percent]))
  }
}
