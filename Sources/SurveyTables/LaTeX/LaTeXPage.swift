/// The room that a page of LaTeX has, and how a table stands on it.
public struct LaTeXPage: Sendable {
  /// The width and height of the text in points.
  let width: Double
  let height: Double

  /// The page of LaTeX's own classes on A4.
  public static let article = LaTeXPage(width: 345, height: 598)
  /// A page of A4 with margins of 25 mm.
  public static let wide = LaTeXPage(width: 455, height: 702)

  /// How a table stands.
  struct Layout {
    /// Whether letters and gaps are smaller, and labels broken into lines.
    let isClose: Bool
    /// Whether it stands across the page.
    let isAcross: Bool
    /// Its parts, each a table by itself.
    let parts: [(columns: [Int], rows: Range<Int>)]
  }

  /// How many characters a line of a label has where it is broken.
  static let labelWidth = 30

  /// How wide a letter, a digit and the space between columns are, in points.
  private struct Sizes {
    let letter: Double
    let digit: Double
    let gap: Double

    /// Letters of ten points.
    static let plain = Sizes(letter: 4.7, digit: 5, gap: 12)
    /// Letters of nine points, and half the space.
    static let close = Sizes(letter: 4.3, digit: 4.6, gap: 6)
  }

  /// How a table stands: upright where it fits, closer, across, and cut between its groups of columns
  /// where it is wider still, or too high to stand across; between rows where it is longer than a page.
  func layout(of table: Table, _ columns: [LaTeXColumn]) -> Layout {
    func width(_ places: [Int], isClose: Bool) -> Double {
      let sizes = isClose ? Sizes.close : .plain
      let groups = table.groups(of: places).map { group in
        let own = places[group].reduce(0) { sum, place in
          let (digits, letters) = columns[place].widths
          return sum + max(Double(digits) * sizes.digit, Double(letters) * sizes.letter) + sizes.gap
        }
        let lines = LaTeXColumn.lines(
          of: table.columns[places[group.lowerBound]].group, over: places[group].map { columns[$0] }
        )
        return max(own, Double(lines.map(\.count).max() ?? 0) * sizes.letter + sizes.gap)
      }
      let label = isClose ? min(table.labelWidth, Self.labelWidth) : table.labelWidth
      return groups.reduce(Double(label) * sizes.letter + sizes.gap) { $0 + $1 }
    }
    let all = Array(columns.indices)
    let isClose = width(all, isClose: false) > self.width
    let isWide = isClose && width(all, isClose: true) > self.width
    // Title, headings and notes take lines too.
    let others = table.legend.count + table.notes.count + 7
    let isAcross = isWide && Double(table.rows.count + others) * 11 <= self.width
    let room = isAcross ? height : self.width
    let columns = isWide ? table.parts { width($0, isClose: true) <= room } : [all]
    let rows = table.stretches(of: max(8, Int(height / (isClose ? 11 : 12.5)) - others))
    return Layout(
      isClose: isClose, isAcross: isAcross,
      parts: rows.flatMap { rows in columns.map { ($0, rows) } })
  }
}

extension Table {
  /// How many characters its longest label has.
  fileprivate var labelWidth: Int {
    let labels = rows.filter { $0.kind != .heading }.map { $0.printedLabel.count + 2 * $0.indent }
    return max(labels.max() ?? 0, stub.count)
  }

  /// The rows in stretches of a length at most, each beginning at an outer row where that can be.
  fileprivate func stretches(of length: Int) -> [Range<Int>] {
    var stretches: [Range<Int>] = []
    var start = 0
    while rows.count - start > length {
      let ends = start + 1...start + length
      let end = ends.last {
        rows[$0].kind == .heading || (rows[$0].kind == .body && rows[$0].indent == 0)
      }
      stretches.append(start..<(end ?? ends.upperBound))
      start = end ?? ends.upperBound
    }
    return stretches + [start..<rows.count]
  }
}
