/// The texts that nobody may see: passwords and tokens, taken from the environment.
struct Secrets: Sendable {
  private var values: [String] = []

  init(_ values: [String]) { add(values) }

  /// Adds texts that nobody may see.
  mutating func add(_ more: [String]) {
    // The longest first, so that none leaves a part of another.
    values = (values + more).filter { !$0.isEmpty }.sorted { $0.count > $1.count }
  }

  /// A text with `…` in place of each.
  func scrubbed(_ text: String) -> String {
    values.reduce(text) { $0.replacing($1, with: "…") }
  }
}
