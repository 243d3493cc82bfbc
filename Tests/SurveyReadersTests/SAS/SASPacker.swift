/// Compresses rows as SAS does, with its commonest commands.
enum SASPacker {
  /// Pieces of a row: runs of one byte, and what stands between them.
  private static func pieces(_ row: [UInt8], longest: Int) -> [(
    byte: UInt8?, bytes: ArraySlice<UInt8>
  )] {
    var pieces: [(byte: UInt8?, bytes: ArraySlice<UInt8>)] = []
    var start = 0
    var plain = 0
    while start < row.count {
      let end = row[start...].firstIndex { $0 != row[start] } ?? row.count
      guard end - start >= 3 else {
        start = end
        continue
      }
      if plain < start { pieces.append((nil, row[plain..<start])) }
      let cut = min(end, start + longest)
      pieces.append((row[start], row[start..<cut]))
      (start, plain) = (cut, cut)
    }
    if plain < row.count { pieces.append((nil, row[plain...])) }
    return pieces
  }

  /// `COMPRESS=CHAR`.
  static func runs(_ row: [UInt8]) -> [UInt8] {
    pieces(row, longest: 4000).flatMap { byte, bytes -> [UInt8] in
      let count = bytes.count
      guard let byte else { return copies(bytes) }
      let special: [UInt8: UInt8] = [0x40: 0, 0x20: 1, 0: 2]
      if let kind = special[byte] {
        let long = count - 17
        return count >= 18
          ? [(5 + kind) << 4 | UInt8(long >> 8), UInt8(long & 0xFF)]
          : [(13 + kind) << 4 | UInt8(min(count, 17) - 2)]
      }
      let long = count - 18
      return count > 18
        ? [0x40 | UInt8(long >> 8), UInt8(long & 0xFF), byte] : [0xC0 | UInt8(count - 3), byte]
    }
  }

  private static func copies(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    guard bytes.count < 64 else {
      let part = bytes.prefix(64 + 4095)
      let extra = part.count - 64
      let rest = bytes.dropFirst(part.count)
      return [UInt8(extra >> 8), UInt8(extra & 0xFF)] + part + (rest.isEmpty ? [] : copies(rest))
    }
    return [0x80 + UInt8(bytes.count - 1)] + bytes
  }

  /// `COMPRESS=BINARY`.
  static func repetitions(_ row: [UInt8]) -> [UInt8] {
    var items: [(isCommand: Bool, bytes: [UInt8])] = []
    var place = 0
    while place < row.count {
      let end = row[place...].firstIndex { $0 != row[place] } ?? row.count
      let run = min(end - place, 4000)
      if run >= 3 {
        let long = run - 19
        items.append(
          (
            true,
            run <= 18
              ? [UInt8(run - 3), row[place]]
              : [0x10 | UInt8(long & 0x0F), UInt8(long >> 4), row[place]]
          ))
        place += run
      } else if let (distance, count) = match(row, place) {
        let back = distance - 3
        let head = UInt8(back & 0x0F)
        items.append(
          (
            true,
            count >= 16
              ? [0x20 | head, UInt8(back >> 4), UInt8(count - 16)]
              : [UInt8(count) << 4 | head, UInt8(back >> 4)]
          ))
        place += count
      } else {
        items.append((false, [row[place]]))
        place += 1
      }
    }
    var out: [UInt8] = []
    for start in stride(from: 0, to: items.count, by: 16) {
      let group = items[start..<min(start + 16, items.count)]
      var control = 0
      for (index, item) in group.enumerated() where item.isCommand { control |= 0x8000 >> index }
      out += [UInt8(control >> 8), UInt8(control & 0xFF)] + group.flatMap(\.bytes)
    }
    return out
  }

  /// The longest text before that stands here again.
  private static func match(_ row: [UInt8], _ place: Int) -> (distance: Int, count: Int)? {
    var best: (distance: Int, count: Int)?
    for distance in stride(from: 3, through: min(place, 4000), by: 1) {
      var count = 0
      while count < 271, place + count < row.count,
        row[place + count] == row[place + count - distance]
      {
        count += 1
      }
      if count >= 3, count > best?.count ?? 0 { best = (distance, count) }
    }
    return best
  }
}
