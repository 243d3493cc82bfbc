import SurveyData

extension RProgram {
  /// A derived variable.
  /// - Throws: ``Untranslatable`` for a rule without words in R.
  mutating func write(_ derived: DerivedVariable) throws {
    let name = derived.variable.name
    let new = column(name)
    switch derived.rule {
    case .expression(let text):
      let expression = try Expression(text)
      let isCondition = try expression.check(against: source.survey.dataset) == .condition
      let words = try words.text(expression)
      let codes = derived.variable.categories.map(\.code)
      guard isCondition else {
        add("\(new) <- with(d, \(words))")
        return
      }
      let (no, yes) = codes.count == 2 ? (codes[0], codes[1]) : ("0", "1")
      add("\(new) <- with(d, ifelse(\(words), \(self.code(yes, name)), \(self.code(no, name))))")
    case .recode(let old, let map, let otherwise): recode(name, from: old, map, otherwise)
    case .cut(let old, let bounds):
      let codes = derived.variable.categories.map(\.code)
      let ends = bounds.map(canonicalCode).joined(separator: ", ")
      let count = codes.isEmpty ? bounds.count : codes.count
      let list = codes.isEmpty ? (1...max(1, count)).map(String.init) : codes
      add(
        "\(new) <- \(self.list(list, of: name))[replace(findInterval(\(column(old)), c(\(ends))), ")
      lines[lines.count - 1] += "findInterval(\(column(old)), c(\(ends))) == 0, NA)]"
    case .mean(let items, let minimumValid, let reversed):
      let columns = try items.map { item -> String in
        guard reversed.contains(item) else { return column(item) }
        return "\(canonicalCode(try span(of: item))) - \(column(item))"
      }
      add("items <- cbind(\(columns.joined(separator: ", ")))")
      add(
        "\(new) <- ifelse(rowSums(!is.na(items)) >= \(max(1, minimumValid)), "
          + "rowMeans(items, na.rm = TRUE), NA)")
    case .chosen(let old, let answer):
      let variable = try source.survey.dataset.variable(old)
      let mark = variable.separator?.split(separator: " ").joined(separator: " ") ?? ""
      guard !mark.isEmpty, !variable.categories.contains(where: { $0.code.contains(mark) }) else {
        throw Untranslatable(what: "the answers in the cells of \(old)")
      }
      let missing = [""] + variable.missing.filter { $0 != .system }.map(\.text)
      add("cells <- lapply(strsplit(\(column(old)), \(words.literal(mark)), fixed = TRUE), trimws)")
      add(
        "cells <- lapply(cells, setdiff, c(NA, "
          + "\(missing.map(words.literal).joined(separator: ", "))))")
      add(
        "\(new) <- ifelse(lengths(cells) == 0, NA, "
          + "+sapply(cells, function(x) \(words.literal(answer)) %in% x))")
    case .anyOf(let items, let equals, let missing):
      let tests = items.map { "\(column($0)) == \(self.code(equals, $0))" }
      add("items <- cbind(\(tests.joined(separator: ", ")))")
      let needed = missing == .all ? "> 0" : "== ncol(items)"
      let codes = derived.variable.categories.map(\.code)
      let (no, yes) = codes.count == 2 ? (codes[0], codes[1]) : ("0", "1")
      add(
        "\(new) <- ifelse(rowSums(items, na.rm = TRUE) > 0, \(self.code(yes, name)), "
          + "ifelse(rowSums(!is.na(items)) \(needed), \(self.code(no, name)), NA))")
    }
  }

  private func code(_ code: String, _ variable: String) -> String {
    words.code(code, of: variable)
  }

  /// New codes for old; the first line of the map that names a code holds, so the last is written
  /// first.
  private mutating func recode(
    _ name: String, from old: String, _ map: [DerivedVariable.CodeMapping],
    _ otherwise: DerivedVariable.Otherwise
  ) {
    let new = column(name)
    switch otherwise {
    case .copy: add("\(new) <- \(column(old))")
    case .code(let code):
      add("\(new) <- ifelse(is.na(\(column(old))), NA, \(self.code(code, name)))")
    case .missing, .fail: add("\(new) <- rep(NA, nrow(d))")
    }
    let missing = source.columns.first { $0.name == old }?.missing.map(\.text) ?? []
    for line in map.reversed() {
      var tests: [String] = []
      var plain: [String] = []
      for code in line.from {
        if let range = NumberRange(parsing: code), !source.isText(old) {
          let ends = [
            range.low.isFinite ? "\(column(old)) >= \(canonicalCode(range.low))" : nil,
            range.high.isFinite ? "\(column(old)) <= \(canonicalCode(range.high))" : nil,
          ]
          tests.append("(\(ends.compactMap(\.self).joined(separator: " & ")))")
        } else if missing.contains(code) {
          // A code that stands for a missing answer is in the file only.
          tests.append(isCode(code, of: old))
        } else {
          plain.append(code)
        }
      }
      if !plain.isEmpty {
        tests.insert("\(column(old)) %in% \(list(plain, of: old))", at: 0)
      }
      let value = line.to.map { code($0, name) } ?? "NA"
      add("\(new)[which(\(tests.joined(separator: " | ")))] <- \(value)")
    }
  }

  /// The sum of an item's lowest and highest code.
  private func span(of item: String) throws -> Double {
    let variable = try source.survey.dataset.variable(item)
    if let range = variable.range { return range.lowerBound + range.upperBound }
    let numbers = variable.categories.compactMap(\.number)
    guard let low = numbers.min(), let high = numbers.max() else {
      throw Untranslatable(what: "the ends of '\(item)' are not known")
    }
    return low + high
  }
}
