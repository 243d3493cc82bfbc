/// One estimate that is pooled with others: of a country, a wave, a group, or a published study.
public struct StudyEstimate: Hashable, Sendable {
  /// What it is of.
  public let name: String
  /// The estimate, in any unit that all of them share.
  public let estimate: Double
  /// Its standard error, in the same unit, above 0.
  public let standardError: Double
  /// The values of the moderators, in their order.
  public let moderators: [Double]
  /// The study that it stands in together with others; nil when every estimate stands alone.
  public let cluster: String?

  /// Makes an estimate.
  ///
  /// - Parameters:
  ///   - name: What it is of.
  ///   - estimate: The estimate, in the unit of all.
  ///   - standardError: Its standard error, above 0.
  ///   - moderators: The values of the moderators.
  ///   - cluster: The study that it stands in.
  public init(
    _ name: String, estimate: Double, standardError: Double, moderators: [Double] = [],
    cluster: String? = nil
  ) {
    self.name = name
    self.estimate = estimate
    self.standardError = standardError
    self.moderators = moderators
    self.cluster = cluster
  }

  var variance: Double { standardError * standardError }
}
