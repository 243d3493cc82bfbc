/// The texts that nobody may see: passwords and tokens, taken from the environment.
struct Secrets: Sendable {
  private let values: [String]

  init(_ values: [String]) {
    // The longest first, so that none leaves a part of another.
    self.values = values.filter { !$0.isEmpty }.sorted { $0.count > $1.count }
  }

  /// A text with `…` in place of each.
  func scrubbed(_ text: String) -> String {
    values.reduce(text) { $0.replacing($1, with: "…") }
  }
}
