internal import SurveyData

/// Goes over the cases of an SPSS file, whatever their compression.
struct SPSSCases {
  private let file: FileBytes
  private let dictionary: SPSSDictionary
  private let readsBeyond: Bool

  init(_ file: FileBytes, dictionary: SPSSDictionary, options: ReadingOptions) {
    self.file = file
    self.dictionary = dictionary
    readsBeyond = options.readsBeyondCaseCount
  }

  private var header: SPSSHeader { dictionary.records.header }
  private var rowBytes: Int { dictionary.records.elementCount * 8 }
  private var data: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: file.bytes[dictionary.records.dataOffset...])
  }

  /// The number of cases that the header states; nil when it does not, or shall not count.
  private var limit: Int? { readsBeyond ? nil : header.caseCount }

  /// No file of this size can hold more cases.
  var capacity: Int {
    let possible =
      switch header.compression {
      case .none: data.count / rowBytes
      case .bytecodes: data.count / dictionary.records.elementCount
      case .deflated: data.count / dictionary.records.elementCount * 64
      }
    return min(header.caseCount ?? possible, possible)
  }

  /// Hands the wanted cells to the sink, block by block.
  /// - Returns: The number of cases, and what is to be said about the end of the file.
  /// - Throws: ``SurveyError`` when there are fewer or more cases than the header says.
  func read(_ stretches: [SPSSCells.Stretch], sink: @escaping SPSSCellSink) throws
    -> (count: Int, notes: [Note])
  {
    if header.compression == .none { return try readPlain(stretches, sink: sink) }
    var codes = SPSSBytecodes(
      header, elementCount: dictionary.records.elementCount, stretches: stretches,
      limit: limit ?? .max, sink: sink)
    let left: Int
    if header.compression == .deflated {
      let blocks = try SPSSDeflatedBlocks(
        file, header: header, offset: dictionary.records.dataOffset)
      var ended = 0
      let rest = try blocks.forEach { bytes in
        let used = try codes.expand(bytes)
        guard codes.hasEnded else { return used }
        ended += bytes.count - used
        return bytes.count
      }
      left = rest + ended
    } else {
      left = data.count - (try codes.expand(data))
    }
    try codes.finish()
    return try check(codes.caseCount, rest: codes.element * 8 + left, hasEnded: codes.hasEnded)
  }

  private func readPlain(_ stretches: [SPSSCells.Stretch], sink: SPSSCellSink) throws
    -> (count: Int, notes: [Note])
  {
    let found = data.count / rowBytes
    let wanted = min(found, limit ?? found)
    if wanted > 0, let base = data.baseAddress {
      var row = 0
      while row < wanted {
        let count = min(1024, wanted - row)
        let places = stretches.map {
          SPSSCells.Place(start: base + row * rowBytes + $0.element * 8, step: rowBytes)
        }
        try sink(SPSSCells(places: places, count: count))
        row += count
      }
    }
    return try check(found, rest: data.count % rowBytes, hasEnded: false)
  }

  /// Compares what was found with what the header says.
  private func check(_ found: Int, rest: Int, hasEnded: Bool) throws -> (count: Int, notes: [Note])
  {
    guard let limit else {
      if rest > 0, !hasEnded {
        throw SurveyError(.data, at: file.path, "is cut short inside case \(found + 1)")
      }
      return (found, rest > 0 ? [trailing(rest)] : [])
    }
    if found < limit {
      throw SurveyError(
        .data, at: file.path, "is cut short: it announces \(limit) cases, but holds \(found)")
    }
    let beyond = found - limit
    if beyond > 0, rest == 0 {
      throw SurveyError(
        .data, at: file.path,
        "announces \(limit) cases, but \(beyond) more follow after the last",
        remedy: "Say '--read-all-cases' to read them, if the number in the file is what is wrong.")
    }
    return (limit, beyond > 0 || rest > 0 ? [trailing(beyond * rowBytes + rest)] : [])
  }

  private func trailing(_ count: Int) -> Note {
    Note(
      .warning, id: "sav.trailing-bytes",
      "holds bytes after the last case that are no case; they are not read", at: file.path)
  }
}
