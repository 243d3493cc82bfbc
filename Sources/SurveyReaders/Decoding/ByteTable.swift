/// A dictionary from short byte strings to numbers, without an object per key.
struct ByteTable {
  private struct Entry {
    let start: Int
    let length: Int
    let hash: UInt64
    let value: UInt32
  }

  private var arena: [UInt8] = []
  private var entries: [Entry] = []
  private var slots: [Int32] = Array(repeating: -1, count: 64)

  /// The value of a key.
  func value(of key: UnsafeRawBufferPointer) -> UInt32? {
    let hash = Self.hash(key)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let entry = entries[Int(slots[slot])]
      if entry.hash == hash, entry.length == key.count, equals(entry, key) { return entry.value }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Adds a key that is not there yet.
  mutating func insert(_ key: UnsafeRawBufferPointer, _ value: UInt32) {
    if entries.count * 2 >= slots.count { grow() }
    let hash = Self.hash(key)
    place(Int32(truncatingIfNeeded: entries.count), hash)
    entries.append(Entry(start: arena.count, length: key.count, hash: hash, value: value))
    arena.append(contentsOf: key)
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for (index, entry) in entries.enumerated() {
      place(Int32(truncatingIfNeeded: index), entry.hash)
    }
  }

  private mutating func place(_ index: Int32, _ hash: UInt64) {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = index
  }

  private func equals(_ entry: Entry, _ key: UnsafeRawBufferPointer) -> Bool {
    for offset in 0..<entry.length where arena[entry.start + offset] != key[offset] { return false }
    return true
  }

  /// Multiplies eight bytes at a time; the last word may be short.
  private static func hash(_ key: UnsafeRawBufferPointer) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: key.count) &* 0x9E37_79B9_7F4A_7C15
    var offset = 0
    while offset + 8 <= key.count {
      hash = mix(hash ^ key.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    var rest: UInt64 = 0
    while offset < key.count {
      rest = rest << 8 | UInt64(key[offset])
      offset += 1
    }
    return mix(hash ^ rest)
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    let (high, low) = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return high ^ low
  }
}
