internal import SurveyData

extension CSVSource {
  /// What came of one pass over the file.
  struct Pass {
    /// The number of records.
    let count: Int
    /// The rows of each chunk, in order.
    let pieces: [CSVPiece]
    /// The decoders of each thread, in the order of the readers.
    let decoders: [[any CSVColumnDecoder]]
    /// The first record of each chunk, from 0.
    let firstRecords: [Int]
    let notes: [Note]
  }

  /// Reads all records, on several threads.
  /// - Throws: ``SurveyError`` when the file is not the table that its header announces.
  func records(_ readers: [any CSVColumnReader]) throws -> Pass {
    let chunks = CSVChunks(
      file.bytes, from: header.end, quote: dialect.quote, size: chunkSize, threads: threads)
    if let nul = chunks.census.firstNUL {
      throw error(for: [CSVSyntaxFault(offset: nul, kind: .nul)], count: 1)
    }
    for reader in readers { reader.makeRoom(chunks.recordLimit) }
    let pass = try decode(chunks, readers)
    try file.requireUnchanged()
    if let stated = statement.rows, stated != pass.count {
      throw SurveyError(
        .data, at: file.path, "has \(pass.count) rows, but the codebook states \(stated)",
        remedy: "Fetch the file that the codebook describes, or correct `rows:` under `file:`.")
    }
    return pass
  }

  private func decode(_ chunks: CSVChunks, _ readers: [any CSVColumnReader]) throws -> Pass {
    let progress = ReadingProgress(file.path, total: file.bytes.count)
    defer { progress.finish() }
    let threads = concurrentWork(
      chunks.all.count, threads: threads, state: { Worker(readers) },
      body: { worker, chunk in
        worker.read(chunk, of: chunks, in: self)
        progress.advance(by: chunks.all[chunk].range.count)
      })
    let done = threads.enumerated()
      .flatMap { thread, worker in worker.done.map { (thread, $0) } }
      .sorted { $0.1.chunk < $1.1.chunk }
    let faults = done.flatMap(\.1.faults)
    if !faults.isEmpty { throw error(for: faults, count: faults.count) }

    var pieces: [CSVPiece] = []
    var count = 0
    for (thread, chunk) in done {
      let first = chunks.all[chunk.chunk].recordsBefore
      if first != count {
        for reader in readers { reader.move(first..<(first + chunk.count), to: count) }
      }
      pieces.append(
        CSVPiece(chunk: chunk.chunk, thread: thread, rows: count..<(count + chunk.count)))
      count += chunk.count
    }
    let blankLines = done.reduce(0) { $0 + $1.1.blankLines }
    return Pass(
      count: count, pieces: pieces, decoders: threads.map(\.decoders),
      firstRecords: pieces.map(\.rows.lowerBound),
      notes: notes(blankLines: blankLines, chunks.census))
  }

  private func notes(blankLines: Int, _ census: CSVCensus) -> [Note] {
    var notes: [Note] = []
    // Line feeds inside quotes are text, so that nothing is said of files with quotes.
    let feeds = census.lineEnds - census.loneReturns - census.pairs
    if census.quotes == 0, [feeds, census.pairs, census.loneReturns].count(where: { $0 > 0 }) > 1 {
      notes.append(
        Note(
          .information, id: "csv.mixed-line-ends",
          "lines end in different ways: LF \(feeds), CRLF \(census.pairs), CR \(census.loneReturns)",
          at: file.path))
    }
    if blankLines > 0 {
      let lines = blankLines == 1 ? "1 blank line was" : "\(blankLines) blank lines were"
      notes.append(Note(.information, id: "csv.blank-lines", "\(lines) left out", at: file.path))
    }
    let bytes = file.bytes
    if let last = bytes.last, !bytes.isLineEnd(at: bytes.count - 1) {
      let incomplete: [UInt8] = [dialect.decimal, UInt8(ascii: "-"), UInt8(ascii: "e")]
      if incomplete.contains(last), last != dialect.delimiter {
        notes.append(
          Note(
            .warning, id: "csv.truncated",
            "the last line ends in the middle of a field, so that the file may be cut off",
            at: "\(file.path):\(bytes.line(at: bytes.count - 1))"))
      }
    }
    return notes
  }
}

/// What one thread keeps from chunk to chunk.
private final class Worker: @unchecked Sendable {
  struct Done {
    let chunk: Int
    let count: Int
    let blankLines: Int
    let faults: [CSVSyntaxFault]
  }

  let decoders: [any CSVColumnDecoder]
  private(set) var done: [Done] = []
  private let readers: [any CSVColumnReader]
  private let separators = SeparatorIndex()

  init(_ readers: [any CSVColumnReader]) {
    self.readers = readers
    decoders = readers.map { $0.makeDecoder() }
  }

  func read(_ number: Int, of chunks: CSVChunks, in source: CSVSource) {
    let bytes = source.file.bytes
    guard let start = bytes.baseAddress else { return }
    let chunk = chunks.all[number]
    let records = CSVRecords(
      of: bytes, chunk, source.dialect, fieldCount: source.header.names.count, using: separators)
    let target = CSVTarget(
      chunk: number, file: start, firstRow: chunk.recordsBefore, count: records.count)
    if records.faults.isEmpty {
      for (reader, decoder) in zip(readers, decoders) {
        decoder.decode(records.column(reader.field), into: target)
      }
    }
    done.append(
      Done(
        chunk: number, count: records.count, blankLines: records.blankLines, faults: records.faults)
    )
  }
}
