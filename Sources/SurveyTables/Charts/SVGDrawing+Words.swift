extension SVGDrawing {
  /// Roughly how wide words are, rather more than less, whatever sans-serif face shows them: the widths
  /// are those of DejaVu Sans, the widest of the usual ones.
  static func width(of words: String, _ face: Face) -> Double {
    let ems = words.reduce(0.0) { sum, character in
      switch character {
      case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!", "\u{202F}": sum + 0.34
      case "f", "t", "r", "(", ")", "-", " ", "\u{A0}", "/": sum + 0.415
      case "m", "w", "M", "W", "@", "%", "æ", "Æ", "—", "œ", "…": sum + 1
      case "+", "−", "=", "<", ">", "≤", "≥", "~", "×", "D", "G", "O", "Q", "Ø", "N", "H":
        sum + 0.84
      case "A"..."Z", "Å", "&": sum + 0.74
      case "a"..."z", "0"..."9", "ø", "å", "ä", "ö", "é", "–", "·", "“", "”", "’", "«", "»", "\"",
        "_":
        sum + 0.64
      default: sum + (character.isASCII ? 0.66 : 1.02)
      }
    }
    return ems * face.size * (face.isBold ? 1.1 : 1)
  }

  /// The widest of some words.
  static func widest(_ words: [String], _ face: Face) -> Double {
    words.map { width(of: $0, face) }.max() ?? 0
  }

  /// Words broken at spaces into lines that fit a width; a word that is wider is broken within.
  static func lines(_ words: String, _ face: Face, width: Double) -> [String] {
    var lines: [String] = []
    for word in words.onOneLine.split(separator: " ") {
      if let last = lines.last, Self.width(of: "\(last) \(word)", face) <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines += pieces(word, face, width: width)
      }
    }
    return lines.isEmpty ? [""] : lines
  }

  /// A word in pieces with hyphens, if it must be.
  private static func pieces(_ word: Substring, _ face: Face, width: Double) -> [String] {
    guard Self.width(of: String(word), face) > width else { return [String(word)] }
    var pieces = [""]
    for character in word {
      let piece = pieces[pieces.count - 1]
      if piece.count > 1, Self.width(of: "\(piece)\(character)-", face) > width {
        if piece.last?.isLetter == true, character.isLetter { pieces[pieces.count - 1] += "-" }
        pieces.append(String(character))
      } else {
        pieces[pieces.count - 1].append(character)
      }
    }
    return pieces
  }
}

extension SVGDrawing {
  /// Drawings below each other in one.
  static func stacked(_ drawings: [String]) -> String {
    var y = 0
    let parts = drawings.map { drawing -> String in
      defer { y += Int(size(of: drawing).height) }
      return drawing.replacing("<svg ", with: "<svg y=\"\(y)\" ", maxReplacements: 1)
    }
    let width = Int(drawings.map { size(of: $0).width }.max() ?? 0)
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(y)\" "
      + "viewBox=\"0 0 \(width) \(y)\">\n" + parts.joined() + "</svg>\n"
  }

  /// The size of a drawing.
  static func size(of drawing: String) -> (width: Double, height: Double) {
    func length(_ name: String) -> Double {
      let after = drawing.split(separator: " \(name)=\"", maxSplits: 1).last ?? ""
      return Double(after.prefix { $0.isNumber }) ?? 0
    }
    return (length("width"), length("height"))
  }
}
