extension Dataset {
  /// The same answers, where the items of a question with several answers stand on the base that its answers have.
  ///
  /// Who checked one box and left another did not choose that: its column has a code for it, and is 1 or 0 as a number.
  package func onBase(of mentions: Mentions) throws -> Dataset {
    let base = try deriving(mentions.derived)
    var changed = base.codebook
    // What is derived from the items is derived from the boxes as they are.
    changed.variables += base.codebook.derived.map(\.variable)
    changed.derived = []
    var indicators: [String: String] = [:]
    for answer in mentions.answers {
      let item = answer.variable.onBase(counting: answer.category)
      indicators[item.name] = answer.indicator
      if let place = changed.variables.firstIndex(where: { $0.name == item.name }) {
        changed.variables[place] = item
      } else {
        changed.variables.append(item)
      }
    }
    return Dataset(ItemsOnBase(base: base, indicators: indicators), codebook: changed)
  }

  /// Whether items of a question with several answers stand on a base of them all.
  package var hasItemsOnBase: Bool { source is ItemsOnBase }
}

extension Variable {
  /// The item with a code for what was not chosen.
  fileprivate func onBase(counting category: Category) -> Variable {
    var item = self
    let other = category.code == "0" ? "1" : "0"
    item.categories = [Category(other, label: [Category].yesAndNo[0].label), category]
    item.range = nil
    item.isFromFile = false
    if item.answer.isEmpty { item.answer = [category.code] }
    return item
  }
}

/// Columns of another dataset, where indicators stand in place of items.
private struct ItemsOnBase: CellHolding, WishTaking {
  let base: Dataset
  /// By the names of items.
  let indicators: [String: String]

  var facts: FileFacts { base.source.facts }
  var embeddedCodebook: Codebook { base.source.embeddedCodebook }
  var openingNotes: [Note] { base.notes }
  var cells: CellSums? { base.cells }
  var isUnordered: Bool { (base.source as? any CellHolding)?.isUnordered ?? false }

  func wishForPeople() { base.wishForPeople() }

  func rowCount() throws -> Int { try base.rowCount }

  func sha256() throws -> String? { try base.source.sha256() }

  func read(_ requests: [ColumnRequest]) throws -> (columns: [Column], notes: [Note]) {
    func source(of request: ColumnRequest) -> String {
      indicators[request.variable.name] ?? request.variable.name
    }
    try base.load(requests.map { (source(of: $0), $0.view) })
    let columns = try requests.map { request -> Column in
      let name = source(of: request)
      switch request.view {
      case .numbers: return .numbers(try base.numeric(name))
      case .text: return .text(try base.text(name))
      case .codes:
        let column = try base.cells(name)
        guard indicators[request.variable.name] != nil else { return .codes(column) }
        return .codes(
          CategoricalColumn(
            positions: column.positions, categories: request.variable.categories,
            missing: column.missing))
      }
    }
    return (columns, base.notes)
  }
}
