internal import SurveyData

/// The characters of a portable file one after the other: lines of 80 joined, in the file's own
/// characters turned into those of this machine.
struct PortableText {
  /// 200 bytes that nobody reads and the table of characters stand before it.
  static let mark = Array("SPSSPORT".utf8)
  private static let markPlace = 456
  private static let lineWidth = 80

  private let bytes: UnsafeRawBufferPointer
  private let path: String
  private var offset = 0
  private var column = 0
  /// Blanks that the end of a short line stands for.
  private var owedBlanks = 0
  /// What each byte of the file means.
  private let meanings: [UInt8]

  /// nil for what is no portable file.
  init?(_ bytes: UnsafeRawBufferPointer, path: String) {
    self.bytes = bytes
    self.path = path
    var head = Head(bytes)
    guard bytes.count >= Self.markPlace + 8, let splash = head.take(200), splash.count == 200,
      let table = head.take(256), let mark = head.take(8)
    else { return nil }
    var meanings = (0...255).map { UInt8($0) }
    for (place, character) in Self.characters where table[place] != table[64] || place == 64 {
      meanings[Int(table[place])] = character
    }
    guard mark.map({ meanings[Int($0)] }) == Self.mark else { return nil }
    self.meanings = meanings
    (offset, column) = (head.offset, head.column)
  }

  static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool {
    PortableText(bytes, path: "") != nil
  }

  /// The bytes of the head, with line ends left out and lost blanks put back.
  private struct Head {
    let bytes: UnsafeRawBufferPointer
    var offset = 0
    var column = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    mutating func take(_ count: Int) -> [UInt8]? {
      var taken: [UInt8] = []
      while taken.count < count {
        guard offset < bytes.count else { return nil }
        let byte = bytes[offset]
        offset += 1
        switch byte {
        case 13: continue
        case 10:
          taken += Array(repeating: 0x20, count: max(0, PortableText.lineWidth - column))
          column = 0
        default:
          taken.append(byte)
          column += 1
        }
      }
      return taken.count == count ? taken : nil
    }
  }

  /// Places in SPSS's set of characters that ASCII has too; 151 is a pound in some files and a dollar
  /// or a number sign in others, so that it stays what it is.
  private static let characters: [(place: Int, character: UInt8)] = {
    var characters: [(Int, UInt8)] = []
    func add(_ text: String, from place: Int) {
      for (index, byte) in text.utf8.enumerated() where !(place + index == 151) {
        characters.append((place + index, byte))
      }
    }
    add("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", from: 64)
    add(" .<(+|&[]!$*);^-/|,%_>?`:#@'=\"", from: 126)
    add("~", from: 162)
    add("{}\\", from: 184)
    return characters
  }()

  /// Where the next character stands, for errors.
  var place: Int { offset }

  /// Whether the characters so far end in the middle of a line.
  var endsInLine: Bool { column % Self.lineWidth != 0 }

  /// The next character; nil at the end.
  mutating func next() -> UInt8? {
    if owedBlanks > 0 {
      owedBlanks -= 1
      return 0x20
    }
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      switch byte {
      case 13: continue
      case 10:
        let lost = Self.lineWidth - column
        column = 0
        guard lost > 0 else { continue }
        owedBlanks = lost - 1
        return 0x20
      default:
        column += 1
        return meanings[Int(byte)]
      }
    }
    return nil
  }
}
