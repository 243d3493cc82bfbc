/// A dictionary from short byte strings to numbers, without an object per key.
///
/// Not for several threads at once. Memory is managed by hand, since this is the innermost loop of
/// reading identifiers.
final class ByteTable {
  /// A key; its first eight bytes stand here, the others in the arena.
  private struct Entry {
    let hash: UInt64
    let head: UInt64
    let length: UInt32
    let value: UInt32
    let rest: Int
  }

  private var arena: [UInt8] = []
  private var entries: UnsafeMutablePointer<Entry>
  private var count = 0
  /// Numbers of entries, or -1; a power of two of them, at most half in use.
  private var slots: UnsafeMutablePointer<Int32>
  private var mask: Int

  init() {
    mask = 127
    slots = .allocate(capacity: mask + 1)
    slots.initialize(repeating: -1, count: mask + 1)
    entries = .allocate(capacity: (mask + 1) / 2)
  }

  deinit {
    slots.deallocate()
    entries.deallocate()
  }

  /// The value of a key.
  func value(of key: UnsafeRawBufferPointer) -> UInt32? {
    let head = Self.head(key)
    let hash = Self.hash(key, head)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let entry = entries + Int(slots[slot])
      if entry.pointee.hash == hash, entry.pointee.head == head,
        entry.pointee.length == UInt32(truncatingIfNeeded: key.count),
        key.count <= 8 || hasRest(of: key, at: entry.pointee.rest)
      {
        return entry.pointee.value
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Adds a key that is not there yet.
  func insert(_ key: UnsafeRawBufferPointer, _ value: UInt32) {
    if count * 2 > mask { grow() }
    let head = Self.head(key)
    let hash = Self.hash(key, head)
    place(count, hash)
    let entry = Entry(
      hash: hash, head: head, length: UInt32(truncatingIfNeeded: key.count), value: value,
      rest: arena.count)
    (entries + count).initialize(to: entry)
    count += 1
    if key.count > 8 { arena.append(contentsOf: key[8...]) }
  }

  private func grow() {
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: mask + 1)
    larger.moveInitialize(from: entries, count: count)
    entries.deallocate()
    entries = larger
    mask = mask * 2 + 1
    slots.deallocate()
    slots = .allocate(capacity: mask + 1)
    slots.initialize(repeating: -1, count: mask + 1)
    for index in 0..<count { place(index, entries[index].hash) }
  }

  private func place(_ index: Int, _ hash: UInt64) {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 { slot = (slot + 1) & mask }
    slots[slot] = Int32(truncatingIfNeeded: index)
  }

  private func hasRest(of key: UnsafeRawBufferPointer, at rest: Int) -> Bool {
    arena.withUnsafeBytes { arena in
      for offset in 8..<key.count where arena[rest + offset - 8] != key[offset] { return false }
      return true
    }
  }

  /// The first eight bytes, or all of a shorter key.
  @inline(__always)
  private static func head(_ key: UnsafeRawBufferPointer) -> UInt64 {
    if key.count >= 8 { return key.loadUnaligned(as: UInt64.self) }
    var head: UInt64 = 0
    for byte in key { head = head << 8 | UInt64(byte) }
    return head
  }

  @inline(__always)
  private static func hash(_ key: UnsafeRawBufferPointer, _ head: UInt64) -> UInt64 {
    var hash = mix(head ^ UInt64(truncatingIfNeeded: key.count) &* 0x9E37_79B9_7F4A_7C15)
    guard key.count > 8 else { return hash }
    var offset = 8
    while offset + 8 <= key.count {
      hash = mix(hash ^ key.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    return offset < key.count
      ? mix(hash ^ Self.head(UnsafeRawBufferPointer(rebasing: key[offset...]))) : hash
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let (high, low) = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return high ^ low
  }
}
