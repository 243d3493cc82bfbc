internal import SurveyData

/// The rows of a SAS data set, page by page.
struct SASDataRows: SASRows {
  let file: FileBytes
  let header: SASDataHeader
  let compression: SASCompression?
  let width: Int
  let count: Int

  func read(_ sink: (UnsafeRawPointer, _ count: Int) throws -> Void) throws {
    var left = count
    let room = max(1, min(1024, (4 << 20) / width))
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: room * width, alignment: 8)
    defer { memory.deallocate() }
    var waiting = 0
    func flush() throws {
      if waiting > 0, let base = memory.baseAddress { try sink(base, waiting) }
      waiting = 0
    }
    try Self.walk(file, header, compression: compression, width: width) { piece in
      guard left > 0 else { return }
      let rows = min(left, piece.count)
      left -= rows
      guard piece.isCompressed, let compression else {
        try flush()
        var row = 0
        while row < rows, let base = piece.bytes.baseAddress {
          let block = min(1024, rows - row)
          try sink(base + row * width, block)
          row += block
        }
        return
      }
      let target = UnsafeMutableRawBufferPointer(
        rebasing: memory[waiting * width..<(waiting + 1) * width])
      guard compression.expand(piece.bytes, into: target) else {
        throw SurveyError(
          .data, at: file.path, "is damaged: row \(count - left) cannot be unpacked",
          remedy: "Fetch it again.")
      }
      waiting += 1
      if waiting == room { try flush() }
    }
    try flush()
  }

  /// Rows that stand together.
  struct Piece {
    let bytes: UnsafeRawBufferPointer
    let count: Int
    let isCompressed: Bool
  }

  /// Goes through the pages in order.
  /// - Returns: How many rows are marked as deleted.
  @discardableResult
  static func walk(
    _ file: FileBytes, _ header: SASDataHeader, compression: SASCompression?, width: Int,
    _ body: (Piece) throws -> Void
  ) throws -> Int {
    var deleted = 0
    for number in 0..<header.pageCount {
      let page = try SASPage(number, of: file, header: header)
      if compression != nil, page.mayHoldRows {
        for part in page.subheaders where part.isRow(of: page, width: width, header: header) {
          try body(
            Piece(
              bytes: page.bytes[part: part.offset..<part.offset + part.length], count: 1,
              isCompressed: part.kind == .compressed))
        }
      }
      guard page.rowCount > 0 else { continue }
      guard page.rowCount <= (page.bytes.count - page.rowOffset) / width else {
        throw SurveyError(
          .data, at: file.path,
          "is damaged: page \(number + 1) counts \(page.rowCount) rows, which it cannot hold",
          remedy: "Fetch it again.")
      }
      let marks = try page.deletions(rowWidth: width, path: file.path)
      deleted += marks.count { $0 }
      var row = 0
      while row < marks.count {
        let end = marks[row...].firstIndex { $0 != marks[row] } ?? marks.count
        if !marks[row] {
          let start = page.rowOffset + row * width
          try body(
            Piece(
              bytes: page.bytes[part: start..<page.rowOffset + end * width], count: end - row,
              isCompressed: false))
        }
        row = end
      }
    }
    return deleted
  }
}

extension SASPage.Subheader {
  /// Whether it is a row of a compressed table; one that would have grown stands as it is.
  fileprivate func isRow(of page: SASPage, width: Int, header: SASDataHeader) -> Bool {
    switch kind {
    case .removed: false
    case .compressed: mayBeRow
    case .plain:
      mayBeRow && length == width
        && SASDescription(of: page.bytes[part: offset..<offset + length], header) == nil
    }
  }
}
