extension Table {
  /// What a chart needs to know of a table besides its cells: the sentences that it keeps of the notes,
  /// and what its numbers are without their intervals.
  public struct Essentials: Hashable, Sendable {
    /// The sentence with the question as it was asked; empty without.
    public var question: String
    /// The sentence that says of whom the numbers are, when not of all; empty without.
    public var subpopulation: String
    /// The sentence with the source; empty without.
    public var source: String
    /// Sentences that somebody added.
    public var added: [String] = []
    /// Whether somebody wrote the title, which then need not name the answer.
    public var hasOwnTitle = false
    /// The respondents who count; nil when not known.
    public var count: Int?
    /// What the intervals are called at the end of the table's unit; empty without.
    public var interval = ""
    /// Whether the rows stand in no order of their own, so that a chart may sort them by value.
    public var isUnordered: Bool

    /// Makes the essentials of a table.
    public init(
      question: String = "", subpopulation: String = "", source: String = "", count: Int? = nil,
      isUnordered: Bool = false
    ) {
      self.question = question
      self.subpopulation = subpopulation
      self.source = source
      self.count = count
      self.isUnordered = isUnordered
    }

    /// Whether somebody chose what stands below.
    var isChosen = false

    /// Whether nothing is known that a chart could keep.
    var isEmpty: Bool {
      !isChosen && question.isEmpty && subpopulation.isEmpty && source.isEmpty && added.isEmpty
        && count == nil
    }
  }

  /// The unit without what its intervals are called.
  var bareUnit: String {
    let interval = essentials.interval
    guard !interval.isEmpty, unit.hasSuffix(interval) else { return unit }
    let rest = unit.dropLast(interval.count)
    return rest.isEmpty ? "" : rest.hasSuffix(", ") ? String(rest.dropLast(2)) : unit
  }
}
