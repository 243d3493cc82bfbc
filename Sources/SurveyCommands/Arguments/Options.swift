public import ArgumentParser
public import IntegrationParadox
public import SurveyData
public import SurveyModels
public import SurveyReaders
public import SurveyStatistics
public import SurveyTables

// Options that are enums: their raw values are what the user types.

extension LonelyPSU: ExpressibleByArgument {}

extension UnequalProbabilityMethod: ExpressibleByArgument {}

extension DesignEffectMethod: ExpressibleByArgument {}
extension ReplicateDeclaration.Method: ExpressibleByArgument {}
extension VarianceMethod: ExpressibleByArgument {}
extension WeightAdjustment.Method: ExpressibleByArgument {}
extension ReplicatePlan.Kind: ExpressibleByArgument {}
extension ProportionIntervalMethod: ExpressibleByArgument {}
extension ReliabilityRule: ExpressibleByArgument {}
extension QuantileRule: ExpressibleByArgument {}
extension Percentages: ExpressibleByArgument {}
extension IndependenceStatistic: ExpressibleByArgument {}
extension FileStatement.Header: ExpressibleByArgument {}
extension Format: ExpressibleByArgument {}
extension Waves.Labels: ExpressibleByArgument {}
extension WaveScaling: ExpressibleByArgument {}
extension ModelFamily: ExpressibleByArgument {}
extension TermTest: ExpressibleByArgument {}
extension Chart.Kind: ExpressibleByArgument {}
extension Chart.Notes: ExpressibleByArgument {}
extension Table.Order: ExpressibleByArgument {}
extension Chart.Size: ExpressibleByArgument {
  /// Reads `720x450` or a name.
  public init?(argument: String) { self.init(argument) }
}
extension Adjustment: ExpressibleByArgument {}
extension MediationScale: ExpressibleByArgument {}
extension MediationErrors: ExpressibleByArgument {}
extension PoolingMethod: ExpressibleByArgument {}
extension DecompositionMethod: ExpressibleByArgument {}
extension DecompositionCoefficients: ExpressibleByArgument {}
