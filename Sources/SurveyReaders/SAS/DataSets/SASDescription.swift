/// What a part of a page describes, by the signature that it begins with.
enum SASDescription {
  case rowSize, columnSize, counts, texts, names, attributes, formats, lists

  /// nil for what is no description, such as a row.
  init?(of bytes: UnsafeRawBufferPointer, _ header: SASDataHeader) {
    guard bytes.count >= (header.is64Bit ? 8 : 4) else { return nil }
    func word(_ place: Int) -> UInt32 {
      let raw = bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)
      return header.isBigEndian ? raw.bigEndian : raw.littleEndian
    }
    // A signature of eight bytes is one of four and its sign; two of them stand on either side.
    let (first, second) = (word(0), header.is64Bit ? word(4) : nil)
    for number in [first, second] {
      switch number {
      case 0xF7F7_F7F7:
        self = .rowSize
        return
      case 0xF6F6_F6F6:
        self = .columnSize
        return
      default: continue
      }
    }
    let number = header.isBigEndian ? second ?? first : first
    let sign = header.isBigEndian ? first : second ?? first
    guard sign >= 0xFFFF_F000 else { return nil }
    switch number {
    case 0xFFFF_FC00: self = .counts
    case 0xFFFF_FFFD: self = .texts
    case 0xFFFF_FFFF: self = .names
    case 0xFFFF_FFFC: self = .attributes
    case 0xFFFF_FBFE: self = .formats
    case 0xFFFF_FFFE: self = .lists
    default: return nil
    }
  }
}
