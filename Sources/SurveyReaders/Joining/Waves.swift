public import SurveyData

/// Waves of a survey, a file each, below each other: the rows in the order of the files, and what they
/// do not have in common named.
///
/// A variable that is not of the same kind, range or coding in all waves is kept apart, `trust_2021` and
/// `trust_2023`. One that a wave lacks is missing there because it was not asked. Labels that differ are
/// the last wave's, or the first's.
public struct Waves {
  /// Which wave's labels hold where they differ.
  public enum Labels: String, CaseIterable, Sendable {
    case first
    case last
  }

  /// The answers of all waves, in memory.
  public let dataset: Dataset
  /// Everything in which the waves differ and what became of it, each as a note `append.…`.
  public let notes: [Note]

  /// Puts waves below each other.
  ///
  /// Each wave's strata and sampling units are made its own, `stratum_wave` and `psu_wave`, since waves
  /// that are drawn apart share none. Of a panel the units keep their names, and so do the strata that
  /// hold one of several waves, so that the covariance of two waves is in the variance of their change.
  /// - Parameters:
  ///   - files: Two files or more, in the order of the rows.
  ///   - variable: The name of the variable that says which wave a row is of.
  ///   - codes: What it says of each file, in the order of the files.
  ///   - labels: Which wave's labels hold.
  ///   - scaling: What the weights of each wave add up to.
  ///   - panel: The variable that names the same sampling unit, or person, in every wave; nil where each
  ///     wave was drawn by itself.
  /// - Throws: ``SurveyError`` of kind usage for a name that is taken, codes that are not one for each
  ///   file; of kind data for a fault in a file.
  /// - Complexity: O(rows × variables), in time and in memory.
  public init(
    _ files: [Dataset], as variable: String, _ codes: [String], labels: Labels = .last,
    scaling: WaveScaling = .none, panel: String? = nil
  ) throws {
    try Self.require(codes, for: files, as: variable)
    let waves = try zip(codes, files).map { try WaveFile($0, $1) }
    var join = WaveJoin(waves, variable: variable, labels: labels)
    try join.joinVariables()
    let design = try WaveDesign(
      waves, wave: variable, panel: panel, scaling: scaling, shared: join.shared,
      taken: join.taken)
    (dataset, notes) = join.finish(design)
  }

  private static func require(_ codes: [String], for files: [Dataset], as variable: String) throws {
    guard files.count > 1 else {
      throw SurveyError(.usage, "one file is no wave below another", remedy: "Name two or more.")
    }
    guard codes.count == files.count else {
      throw SurveyError(
        .usage, "--as \(variable)= has \(codes.count) codes for \(files.count) files",
        remedy: "Give one for each, in the order of the files: --as \(variable)=2021,2023.")
    }
    if let twice = codes.first(where: { code in codes.count { $0 == code } > 1 }) {
      throw SurveyError(
        .usage, "--as \(variable)= has the code '\(twice)' twice",
        remedy: "Each wave has a code of its own.")
    }
    guard !variable.isEmpty, codes.allSatisfy({ !$0.isEmpty }) else {
      throw SurveyError(
        .usage, "--as names nothing", remedy: "Write it as --as wave=2021,2023.")
    }
  }
}
