/// Numbers for keys in the order in which they are met: an open-addressing hash table.
struct KeySlots {
  private(set) var keys: [UInt64] = []
  private var table: [Int32]
  private var mask: Int

  init(capacity: Int) {
    var size = 1024
    while size < capacity * 2 { size *= 2 }
    table = Array(repeating: -1, count: size)
    mask = size - 1
  }

  /// The number of a key; `keys.count − 1` afterwards when the key is new.
  mutating func slot(of key: UInt64) -> Int {
    var index = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
    while true {
      let slot = table[index]
      if slot < 0 { break }
      if keys[Int(slot)] == key { return Int(slot) }
      index = (index + 1) & mask
    }
    table[index] = Int32(keys.count)
    keys.append(key)
    if keys.count * 2 > table.count { grow() }
    return keys.count - 1
  }

  /// The number of a key that was met before.
  func known(_ key: UInt64) -> Int? {
    var index = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
    while table[index] >= 0 {
      if keys[Int(table[index])] == key { return Int(table[index]) }
      index = (index + 1) & mask
    }
    return nil
  }

  /// The numbers of the keys, by increasing key: sorted by their least digits first.
  var inOrder: [Int] {
    let bits = 11
    let digits = (UInt64.bitWidth - (keys.max() ?? 0).leadingZeroBitCount + bits - 1) / bits
    var order = Array(keys.indices)
    var next = order
    for shift in (0..<digits).map({ $0 * bits }) {
      func digit(_ number: Int) -> Int {
        Int(truncatingIfNeeded: keys[number] >> shift) & (1 << bits - 1)
      }
      var ends = Array(repeating: 0, count: 1 << bits + 1)
      for number in order { ends[digit(number) + 1] += 1 }
      for place in 1..<ends.count { ends[place] += ends[place - 1] }
      for number in order {
        next[ends[digit(number)]] = number
        ends[digit(number)] += 1
      }
      swap(&order, &next)
    }
    return order
  }

  private mutating func grow() {
    mask = table.count * 2 - 1
    table = Array(repeating: -1, count: mask + 1)
    for (slot, key) in keys.enumerated() {
      var index = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
      while table[index] >= 0 { index = (index + 1) & mask }
      table[index] = Int32(slot)
    }
  }
}
