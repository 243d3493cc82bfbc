extension Dataset {
  /// Notes the answers that count as numbers though their label reads like a missing reason.
  ///
  /// Called wherever a number is made of a variable's codes.
  package func noteMissingLookalikes(in name: String) throws {
    let found = try described(name).categories.compactMap { category -> (Category, Double)? in
      guard let number = category.number, MissingReason.suggested(by: category) != nil else {
        return nil
      }
      return (category, number)
    }
    guard !found.isEmpty else { return }
    let values = try numeric(name).values
    var counts = Array(repeating: 0, count: found.count)
    for value in values {
      for index in found.indices where found[index].1 == value { counts[index] += 1 }
    }
    let occurring = found.indices.filter { counts[$0] > 0 }
    guard !occurring.isEmpty else { return }
    let named = occurring.map { index in
      (
        count: counts[index], code: found[index].0.code,
        label: found[index].0.label.texts.first?.text
      )
    }
    let codes = named.map(\.code).joined(separator: ", ")
    func list(_ be: (Int) -> String, _ answers: (Int) -> String) -> String {
      named.enumerated().map { place, item in
        let subject = place == 0 ? answers(item.count) : "\(item.count)"
        return "\(subject) \(be(item.count)) \(item.code) '\(item.label ?? "")'"
      }.joined(separator: ", ")
    }
    let english = list({ $0 == 1 ? "is" : "are" }, { $0 == 1 ? "1 answer" : "\($0) answers" })
    add(
      Note(
        .warning, id: "values.look-missing",
        "\(english): is that a value? If not, say `--missing '\(name): \(codes)'`, or move it to "
          + "`missing:` in the codebook",
        naming: [list({ _ in "er" }, { "\($0) svar" }), "\(name): \(codes)"], at: name))
  }
}
