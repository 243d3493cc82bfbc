/// What a result says of the engine that its cells come from.
public struct EngineFacts: Hashable, Sendable {
  /// The engine's name.
  public var engine: String
  /// Its version; empty where it does not say.
  public var version: String
  /// The driver's name.
  public var driver: String
  /// Its version; empty where it does not say.
  public var driverVersion: String
  /// The table, or the files.
  public var table: String
  /// The queries that the cells rest on, in order, whether they were sent for this result or an earlier one.
  public var queries: [String] = []

  /// Makes facts.
  public init(
    engine: String, version: String, driver: String, driverVersion: String, table: String
  ) {
    (self.engine, self.version, self.table) = (engine, version, table)
    (self.driver, self.driverVersion) = (driver, driverVersion)
  }
}
