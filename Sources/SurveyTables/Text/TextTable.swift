/// A table set in a monospaced face: columns measured, broken into parts that fit, and written.
struct TextTable {
  private let table: Table
  private let style: Style
  private var columns: [TextColumn]
  private var labelWidth: Int
  private let gap: Int

  init(_ table: Table, _ style: Style) {
    self.table = table
    self.style = style
    let format = NumberFormat(language: style.language)
    let cells = table.rows.map { row in
      row.kind == .heading
        ? table.columns.map { CellText(.empty, under: $0.heading, format) }
        : table.cellTexts(of: row, format)
    }
    let labels = table.rows.filter { $0.kind != .heading }
      .map { $0.printedLabel.width + 2 * $0.indent }
    let widest = labels.max() ?? 0
    var labelWidth = min(max(widest, table.stub.width), max(20, style.width * 2 / 5))
    func columns(headingWidth: Int) -> [TextColumn] {
      table.columns.indices.map { place in
        TextColumn(
          table.columns[place], cells.map { $0[place] }, holdsWords: table.holdsWords(place),
          headingWidth: headingWidth, stacks: table.stacksIntervals)
      }
    }
    let generous = columns(headingWidth: TextColumn.headingWidth)
    let content = generous.reduce(0) { $0 + $1.width + 3 }
    // The heading over the labels gives way before the columns do.
    if labelWidth + content > style.width {
      labelWidth = min(labelWidth, max(widest, min(table.stub.width, 20)))
    }
    let isTight = labelWidth + content > style.width
    self.labelWidth = labelWidth
    self.columns = isTight ? columns(headingWidth: TextColumn.tightHeadingWidth) : generous
    gap = isTight ? 2 : 3
    widenForGroups()
    narrowLabels()
    narrowWords()
  }

  /// A column must not be narrower than the longest word of the heading over its group.
  private mutating func widenForGroups() {
    for group in table.groups(of: Array(columns.indices)) {
      let span = self.span(Array(group))
      let heading = table.columns[group.lowerBound].group
      let word = heading.split(separator: " ").map { String($0).width }.max() ?? 0
      let lines = heading.wrapped(to: max(span, TextColumn.headingWidth, min(word, 24)))
      let missing = (lines.map(\.width).max() ?? 0) - span
      if missing > 0 { columns[group.upperBound - 1].width += missing }
    }
  }

  /// Labels give way to columns under one heading, which are not to be cut.
  private mutating func narrowLabels() {
    let repeated = columns.indices.filter { table.columns[$0].isRepeated }
    let others = columns.indices.filter { !table.columns[$0].isRepeated }
    let widest =
      table.groups(of: others).filter { $0.count > 1 }
      .map { span(others[$0] + repeated) }.max() ?? 0
    labelWidth = min(labelWidth, max(20, style.width - gap - widest))
  }

  /// Columns of words give way, the widest first, before the table is broken.
  private mutating func narrowWords() {
    while labelWidth + gap + span(Array(columns.indices)) > style.width {
      let flexible = columns.indices.filter {
        columns[$0].isFlexible && columns[$0].width > TextColumn.leastWords
      }
      guard let widest = flexible.max(by: { columns[$0].width < columns[$1].width }) else { return }
      columns[widest].width -= 1
    }
  }

  /// The width of neighbouring columns with the gaps between them.
  private func span(_ places: [Int]) -> Int {
    places.reduce(-gap) { $0 + columns[$1].width + gap }
  }

  /// The columns that stand beside each other, for each part of the table.
  private var parts: [[Int]] { table.parts { span($0) <= style.width - labelWidth - gap } }

  /// The table without its notes.
  func lines() -> [String] {
    let parts = self.parts
    let content = parts.map { labelWidth + gap + span($0) }.max() ?? 0
    let titles = table.title.width + (table.unit.isEmpty ? 0 : 3 + table.unit.width)
    let frame = max(content, titles <= style.width ? titles : min(style.width, 72))
    let rule = String(repeating: "─", count: frame)
    var lines = titleLines(frame)
    for (order, part) in parts.enumerated() {
      if order > 0 { lines.append("") }
      lines.append(rule)
      lines += headingLines(part)
      for (place, row) in table.rows.enumerated() {
        let isFirstTotal = row.kind == .total && place > 0 && table.rows[place - 1].kind != .total
        if isFirstTotal { lines.append(rule) }
        lines += rowLines(place, part, frame)
      }
    }
    return lines
  }

  /// The title from the left and the unit at the right, beside each other where they fit.
  private func titleLines(_ frame: Int) -> [String] {
    guard !table.title.isEmpty || !table.unit.isEmpty else { return [] }
    let title = table.title.wrapped(to: frame)
    let (last, unit) = (title.last ?? "", table.unit.onOneLine)
    let fits = last.width + 3 + unit.width <= frame
    var lines = title.dropLast().map(style.emphasized)
    guard fits, !unit.isEmpty else {
      lines.append(style.emphasized(last))
      return lines + (unit.isEmpty ? [] : unit.wrapped(to: frame))
    }
    let space = String.spaces(frame - last.width - unit.width)
    return lines + [style.emphasized(last) + space + unit]
  }

  private func headingLines(_ part: [Int]) -> [String] {
    guard table.hasHeadings || part.contains(where: { table.columns[$0].group != "" }) else {
      return []
    }
    let headings = part.map { columns[$0].headingLines }
    let stub = table.stub.isEmpty ? [] : table.stub.wrapped(to: labelWidth)
    let height = max(headings.map(\.count).max() ?? 0, stub.count)
    return groupLines(part)
      + (0..<height).map { line in
        func fromBottom(_ lines: [String]) -> String {
          let place = line - height + lines.count
          return place < 0 ? "" : lines[place]
        }
        return joined(
          fromBottom(stub), zip(part, headings).map { columns[$0].set(fromBottom($1)) })
      }
  }

  /// The headings over groups of columns, each with a rule as wide as its columns.
  private func groupLines(_ part: [Int]) -> [String] {
    guard part.contains(where: { table.columns[$0].group != "" }) else { return [] }
    let groups = table.groups(of: part).map { group in
      let places = Array(part[group])
      let (heading, width) = (table.columns[places[0]].group, span(places))
      let rule = String(repeating: heading.isEmpty ? " " : "─", count: width)
      return (lines: heading.wrapped(to: width), width: width, rule: rule)
    }
    let height = groups.map(\.lines.count).max() ?? 0
    let texts = (0..<height).map { line in
      groups.map { group in
        let place = line - height + group.lines.count
        return (place < 0 ? "" : group.lines[place]).padded(to: group.width)
      }
    }
    return (texts + [groups.map(\.rule)]).map { joined("", $0) }
  }

  private func rowLines(_ place: Int, _ part: [Int], _ frame: Int) -> [String] {
    let row = table.rows[place]
    let margin = String.spaces(2 * row.indent)
    guard row.kind != .heading else {
      let aside = Table.aside(of: row)
      let label = row.label.onOneLine
      let room = max(labelWidth, label.width + margin.width)
      guard aside.isEmpty || room + gap + aside.width > frame else {
        let space = String.spaces(room - label.width - margin.width)
        return [joined(margin + style.emphasized(label) + space, [aside])]
      }
      let text = aside.isEmpty ? label : "\(label) \(aside)"
      return text.wrapped(to: frame - margin.width).map { margin + style.emphasized($0) }
    }
    // Further lines of a long label are indented more than the next label.
    let printed = row.printedLabel
    let label = printed.wrapped(to: max(labelWidth - margin.width - 2, 8))
    let first = printed.width + margin.width <= labelWidth ? [printed.onOneLine] : label
    let labels = first.enumerated().map { margin + ($0 > 0 ? "  " : "") + $1 }
    let cells = part.map { columns[$0].lines(ofRow: place) }
    let height = max(labels.count, cells.map(\.count).max() ?? 0)
    return (0..<height).map { line in
      joined(
        line < labels.count ? labels[line] : "",
        zip(part, cells).map { columns[$0].set(line < $1.count ? $1[line] : "") })
    }
  }

  private func joined(_ label: String, _ cells: [String]) -> String {
    let line = label.padded(to: labelWidth) + cells.map { .spaces(gap) + $0 }.joined()
    return line.trimmedEnd
  }
}
