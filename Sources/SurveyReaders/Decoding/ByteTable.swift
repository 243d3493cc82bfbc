/// A dictionary from short byte strings to numbers, without an object per key.
///
/// Not for several threads at once. Memory is managed by hand, since this is the innermost loop of
/// reading identifiers.
final class ByteTable {
  /// A key of up to eight bytes stands in its slot, so that looking it up touches one place in memory.
  private struct Slot {
    /// The key, or the hash of a longer one.
    let head: UInt64
    /// The key's length; a slot that is free has none.
    let length: UInt32
    /// The value; of a longer key, its place among `long`.
    let value: UInt32

    static let free = Slot(head: 0, length: .max, value: 0)
  }

  private var slots: UnsafeMutablePointer<Slot>
  /// A power of two of slots less one; at most half of them are in use.
  private var mask = 127
  private var count = 0
  /// The values of keys of more than eight bytes, and where these begin in the arena.
  private var long: [(start: Int, value: UInt32)] = []
  private var arena: [UInt8] = []

  init() { slots = Self.free(mask + 1) }

  deinit { slots.deallocate() }

  /// The value of a key.
  @inline(__always)
  func value(of key: UnsafeRawBufferPointer) -> UInt32? {
    guard key.count <= 8 else { return longValue(of: key) }
    return value(head: Self.head(key), length: UInt32(truncatingIfNeeded: key.count))
  }

  /// Adds a key that is not there yet.
  func insert(_ key: UnsafeRawBufferPointer, _ value: UInt32) {
    let length = UInt32(truncatingIfNeeded: key.count)
    guard key.count > 8 else {
      return insert(head: Self.head(key), length: length, value)
    }
    long.append((arena.count, value))
    arena.append(contentsOf: key)
    insert(
      head: Self.hash(key), length: length, UInt32(truncatingIfNeeded: long.count - 1))
  }

  // MARK: Numbers as keys

  /// The value of a number.
  @inline(__always)
  func value(of key: UInt64) -> UInt32? { value(head: key, length: 8) }

  /// Adds a number that is not there yet.
  func insert(_ key: UInt64, _ value: UInt32) { insert(head: key, length: 8, value) }

  // MARK: Slots

  @inline(__always)
  private func value(head: UInt64, length: UInt32) -> UInt32? {
    var place = Self.place(head, length) & mask
    while slots[place].length != .max {
      if slots[place].head == head, slots[place].length == length { return slots[place].value }
      place = (place + 1) & mask
    }
    return nil
  }

  private func longValue(of key: UnsafeRawBufferPointer) -> UInt32? {
    let head = Self.hash(key)
    let length = UInt32(truncatingIfNeeded: key.count)
    var place = Self.place(head, length) & mask
    while slots[place].length != .max {
      if slots[place].head == head, slots[place].length == length {
        let (start, value) = long[Int(slots[place].value)]
        if holds(key, at: start) { return value }
      }
      place = (place + 1) & mask
    }
    return nil
  }

  private func insert(head: UInt64, length: UInt32, _ value: UInt32) {
    if count * 2 > mask { grow() }
    count += 1
    put(Slot(head: head, length: length, value: value))
  }

  private func put(_ slot: Slot) {
    var place = Self.place(slot.head, slot.length) & mask
    while slots[place].length != .max { place = (place + 1) & mask }
    slots[place] = slot
  }

  private func grow() {
    let (old, size) = (slots, mask + 1)
    mask = size * 2 - 1
    slots = Self.free(mask + 1)
    for place in 0..<size where old[place].length != .max { put(old[place]) }
    old.deallocate()
  }

  private static func free(_ count: Int) -> UnsafeMutablePointer<Slot> {
    let slots = UnsafeMutablePointer<Slot>.allocate(capacity: count)
    slots.initialize(repeating: .free, count: count)
    return slots
  }

  private func holds(_ key: UnsafeRawBufferPointer, at start: Int) -> Bool {
    arena.withUnsafeBytes { arena in
      for offset in 0..<key.count where arena[start + offset] != key[offset] { return false }
      return true
    }
  }

  /// All bytes of a short key.
  @inline(__always)
  private static func head(_ key: UnsafeRawBufferPointer) -> UInt64 {
    let count = key.count
    guard count > 0 else { return 0 }
    // With the length, the first and the last four bytes say all of them, as do three of up to three.
    guard count < 4 else {
      return UInt64(key.loadUnaligned(as: UInt32.self)) << 32
        | UInt64(key.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
    }
    return UInt64(key[0]) << 16 | UInt64(key[count / 2]) << 8 | UInt64(key[count - 1])
  }

  @inline(__always)
  private static func place(_ head: UInt64, _ length: UInt32) -> Int {
    Int(truncatingIfNeeded: mix(head ^ UInt64(length) &* 0x9E37_79B9_7F4A_7C15))
  }

  private static func hash(_ key: UnsafeRawBufferPointer) -> UInt64 {
    var hash: UInt64 = 0
    var offset = 0
    while offset + 8 <= key.count {
      hash = mix(hash ^ key.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    return mix(hash ^ head(UnsafeRawBufferPointer(rebasing: key[offset...])))
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let (high, low) = (value ^ 0x2D35_8DCC_AA6C_78A5).multipliedFullWidth(
      by: 0xD6E8_FEB8_6659_FD93)
    return high ^ low
  }
}
