internal import SurveyData

/// One format of a catalog: its entries of values, then its labels, to which the entries point.
///
/// How ranges are laid out is not public. An entry counts only when it is of the one length that a
/// single value has; every other one is left out and counted, so that no range's label becomes a
/// value's.
struct SASCatalogFormat {
  private let bytes: UnsafeRawBufferPointer
  private let header: SASDataHeader
  private let page: CodePage
  private let path: String

  init(_ bytes: UnsafeRawBufferPointer, header: SASDataHeader, page: CodePage, path: String) {
    self.bytes = bytes
    self.header = header
    self.page = page
    self.path = path
  }

  private func reader(at place: Int) throws -> ByteReader {
    var reader = ByteReader(
      bytes, path: path, isBigEndian: header.isBigEndian, section: "description of a format")
    try reader.move(to: place)
    return reader
  }

  private func word(at place: Int) throws -> Int {
    var reader = try reader(at: place)
    return try reader.word(header)
  }

  /// The format's name in capitals and its labels; nil for what is none: informats, empty ones.
  func read() throws -> (name: String, labels: SASLabels)? {
    guard bytes.count >= 106 else { return nil }
    var start = try reader(at: 2)
    let flags = try start.integer(UInt16.self)
    let shift = flags & 0x08 != 0 ? 4 : 0
    let wide = header.is64Bit
    let entries = try word(at: (wide ? 42 : 38) + shift)
    let count = try word(at: (wide ? 50 : 42) + shift)
    /// The label of `OTHER`, from 1.
    let other = try word(at: (wide ? 74 : 66) + shift)
    var place = (wide ? 138 : 106) + (shift > 0 ? 20 : 0)
    var name = bytes[part: 8..<16].withoutPadding
    if flags & (wide ? 0x20 : 0x80) != 0 {
      var long = try reader(at: place)
      name = try long.take(32).withoutPadding
      place += 32
    }
    guard let name = page.text(name)?.uppercased(), !name.isEmpty, !name.hasPrefix("@"), count > 0
    else { return nil }
    guard entries <= bytes.count / 6, count <= bytes.count / 11, other <= count else {
      throw fault(name, "counts \(entries) values, \(count) labels")
    }
    let (values, end) = try values(entries, at: place, name: name, count: count)
    let texts = try texts(count, at: end, name: name)
    var found = SASLabels()
    var seen: Set<SASLabels.Value> = []
    for (value, label) in values {
      guard let value, label != other - 1, let text = texts[label], seen.insert(value).inserted
      else {
        found.leftOut += 1
        continue
      }
      found.labels.append((value, text))
    }
    // Nothing points to the label of `OTHER`.
    if other > 0, !values.contains(where: { $0.label == other - 1 }) { found.leftOut += 1 }
    return (name, found)
  }

  private func fault(_ name: String, _ problem: String) -> SurveyError {
    SurveyError(
      .data, at: path, "is damaged: its format \(name) \(problem)", remedy: "Fetch it again.")
  }

  // MARK: Values

  /// The value of each entry, nil where it is none that is known, with the label it points to.
  private func values(
    _ entries: Int, at place: Int, name: String, count: Int
  ) throws -> ([(value: SASLabels.Value?, label: Int)], end: Int) {
    var values: [(value: SASLabels.Value?, label: Int)] = []
    var place = place
    for entry in 0..<entries {
      var head = try reader(at: place + 2)
      let length = 6 + Int(try head.integer(UInt16.self))
      var body = try reader(at: place)
      let bytes = try body.take(length)
      place += length
      // Entries beyond the labels are of a kind that is not known.
      guard entry < count, length >= 22 else {
        values.append((nil, 0))
        continue
      }
      var pointer = try reader(at: place - length + 10 + header.padding)
      let label = Int(try pointer.integer(UInt32.self))
      guard label < count else { throw fault(name, "has a value with label \(label) of \(count)") }
      values.append((name.hasPrefix("$") ? text(bytes) : number(bytes), label))
    }
    return (values, place)
  }

  /// A number in the order in which numbers sort: a positive one with its sign turned, a negative one
  /// with all bits turned.
  private func number(_ entry: UnsafeRawBufferPointer) -> SASLabels.Value? {
    guard entry.count == 30 else { return nil }
    let key = entry.loadUnaligned(fromByteOffset: 22, as: UInt64.self).bigEndian
    let sign: UInt64 = 1 << 63
    if key | 0xFF << 40 == 0x0000_FFFF_FFFF_FFFF {
      let missing = NumericColumn.missingIndex(SASNumbers.ieee(~key) ?? .nan)
      return missing > 0 ? .missing(missing) : nil
    }
    // ReadStat's first writers turned only the sign, which leaves zeros where turned bits are ones.
    let isTurned = key & sign != 0 || key != 0 && key & 0xFFFF_FFFF == 0
    let number = Double(bitPattern: isTurned ? key ^ sign : ~key)
    return number.isZero || number.isNormal && abs(number) < 1e300 ? .number(number + 0) : nil
  }

  /// A text of up to ten bytes before padding; where longer ones stand is not known.
  private func text(_ entry: UnsafeRawBufferPointer) -> SASLabels.Value? {
    guard entry.count == 38 else { return nil }
    let bytes = entry[part: 22..<38].withoutPadding
    guard 1...10 ~= bytes.count, let text = page.text(bytes), text != "**OTHER**" else {
      return nil
    }
    return .text(text)
  }

  // MARK: Labels

  /// The labels in their order; nil for one that is cut.
  private func texts(_ count: Int, at place: Int, name: String) throws -> [String?] {
    var texts: [String?] = []
    var place = place
    for number in 0..<count {
      var reader = try reader(at: place + 8)
      let length = Int(try reader.integer(UInt16.self))
      place += 11 + length
      guard length <= reader.remaining else {
        // The last label of some formats reaches beyond their end.
        guard number == count - 1 else { throw fault(name, "has a label of \(length) bytes") }
        texts.append(nil)
        continue
      }
      let bytes = try reader.take(length).withoutPadding
      guard let text = page.text(bytes) else {
        throw SurveyError.invalidText(
          bytes, in: "a label of the format \(name)", page: page, path: path)
      }
      texts.append(text.isEmpty ? nil : text)
    }
    return texts
  }
}
