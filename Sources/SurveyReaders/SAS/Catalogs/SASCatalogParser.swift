internal import SurveyData

/// Finds the formats in a catalog: an index of places on some pages, and from each place a chain of
/// stretches that together describe one format; the layout is the one that the authors of ReadStat
/// found out.
struct SASCatalogParser {
  private let file: FileBytes
  private let header: SASDataHeader

  /// The labels of each format, by its name in capitals.
  ///
  /// - Parameter page: The encoding that the user states; nil leaves it to the file.
  /// - Throws: ``SurveyError`` of kind data for a file that is damaged.
  static func read(
    _ file: FileBytes, page: CodePage?, lossy: Bool
  ) throws -> [String: SASLabels] {
    let header = try SASDataHeader(file)
    let page =
      try page ?? SASEncoding(number: header.encoding, lossy: lossy, path: file.path).page
    let parser = Self(file: file, header: header)
    var formats: [String: SASLabels] = [:]
    var read = 0
    for place in try parser.places() {
      let description = try parser.description(at: place)
      read += description.count
      guard read <= file.bytes.count else { throw parser.damage("describes its bytes twice") }
      try description.withUnsafeBytes { bytes in
        let format = SASCatalogFormat(bytes, header: header, page: page, path: file.path)
        if let (name, labels) = try format.read(), formats[name] == nil { formats[name] = labels }
      }
    }
    return formats
  }

  private func damage(_ problem: String) -> SurveyError {
    SurveyError(.data, at: file.path, "is damaged: it \(problem)", remedy: "Fetch it again.")
  }

  /// Where a description begins.
  private struct Place: Hashable, Comparable {
    /// The page's number, from 1.
    let page: Int
    let offset: Int

    static func < (a: Self, b: Self) -> Bool { (a.page, a.offset) < (b.page, b.offset) }
  }

  private func page(_ index: Int) -> UnsafeRawBufferPointer {
    let start = header.size + index * header.pageSize
    return file.bytes[part: start..<start + header.pageSize]
  }

  // MARK: The index

  private func places() throws -> [Place] {
    var places: Set<Place> = []
    guard header.pageCount > 1 else { return [] }
    let first = 856 + 2 * header.padding + (header.is64Bit ? 144 : 0)
    try readIndex(page(1), from: first, into: &places)
    for index in 3..<max(3, header.pageCount) {
      let page = page(index)
      for start in [16, 32] where page[part: start..<start + 4].elementsEqual("XLSR".utf8) {
        try readIndex(page, from: start, into: &places)
        break
      }
    }
    return places.sorted()
  }

  private func readIndex(
    _ page: UnsafeRawBufferPointer, from start: Int, into places: inout Set<Place>
  ) throws {
    let width = 212 + header.padding + (header.is64Bit ? 72 : 0)
    let kind = 50 + header.padding + (header.is64Bit ? 24 : 0)
    var start = start
    func isEntry() -> Bool {
      start + width <= page.count && page[part: start..<start + 4].elementsEqual("XLSR".utf8)
    }
    while true {
      // Some entries stand behind eight bytes more.
      if !isEntry() { start += 8 }
      guard isEntry() else { return }
      if page[start + kind] == UInt8(ascii: "O") {
        var reader = ByteReader(
          page, path: file.path, offset: start + (header.is64Bit ? 8 : 4),
          isBigEndian: header.isBigEndian, section: "index")
        let number = try reader.word(header)
        places.insert(Place(page: number, offset: Int(try reader.integer(UInt16.self))))
      }
      start += width
    }
  }

  // MARK: Chains

  /// The bytes of one format's description, put together.
  private func description(at place: Place) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var next = place
    var seen: Set<Place> = []
    while next.page > 0, next.offset > 0 {
      guard next.page <= header.pageCount, seen.insert(next).inserted, seen.count <= 1 << 16 else {
        throw damage("leads from page \(place.page) to a place that cannot be")
      }
      let page = page(next.page - 1)
      func reader(at offset: Int) -> ByteReader {
        ByteReader(
          page, path: file.path, offset: offset, isBigEndian: header.isBigEndian,
          section: "description on a page")
      }
      var head = reader(at: next.offset)
      var body = reader(at: next.offset + (header.is64Bit ? 32 : 16))
      let number = try head.int32()
      if header.is64Bit { try head.skip(4) }
      next = Place(page: number, offset: Int(try head.integer(UInt16.self)))
      bytes += try body.take(Int(try head.integer(UInt16.self)))
      guard bytes.count <= file.bytes.count else { throw damage("describes its bytes twice") }
    }
    return bytes
  }
}
