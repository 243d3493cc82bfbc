import SurveyData
import SurveyReaders

/// One small table as every format, version, byte order, compression and encoding writes it.
struct FileShape: Sendable, CustomStringConvertible {
  let description: String
  /// The file's name.
  let file: String
  let bytes: [UInt8]
  /// The third town, which not every format can hold.
  let town: String
  /// The catalog beside it; nil where the format needs none.
  let catalog: [UInt8]?

  private init(
    _ description: String, _ file: String, _ bytes: [UInt8], town: String = Self.town,
    catalog: [UInt8]? = nil
  ) {
    self.description = description
    self.file = file
    self.bytes = bytes
    self.town = town
    self.catalog = catalog
  }

  private static let town = "Tromsø, \"by\""

  static let all = csv + spss + stata + portable + transport + sas

  // MARK: Text

  private static var csv: [FileShape] {
    let town = town + "\nnord"
    var shapes: [FileShape] = []
    for delimiter in [",", ";", "\t", "|"] {
      for end in ["\n", "\r\n", "\r"] {
        for decimal in delimiter == "," ? ["."] : [".", ","] {
          let rows = [
            ["ANSWER", "AMOUNT", "TOWN"], ["1", "1\(decimal)5", "Bodø"], ["2", "-2", ""],
            ["", "450000", "\"\(town.replacing("\"", with: "\"\""))\""],
          ]
          let text = rows.map { $0.joined(separator: delimiter) + end }.joined()
          let name =
            "CSV, delimiter \(delimiter.debugDescription), decimal \(decimal), end "
            + end.debugDescription
          for (encoding, bytes) in encodings(of: text) {
            shapes.append(FileShape("\(name), \(encoding)", "a.csv", bytes, town: town))
          }
        }
      }
    }
    return shapes
  }

  private static func encodings(of text: String) -> [(String, [UInt8])] {
    let wide = Array(("\u{FEFF}" + text).utf16)
    return [
      ("UTF-8", Array(text.utf8)), ("UTF-8 with a mark", Array(("\u{FEFF}" + text).utf8)),
      ("windows-1252", SAVBytes.latin1(text)),
      ("UTF-16LE", wide.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }),
      ("UTF-16BE", wide.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }),
    ]
  }

  // MARK: SPSS

  private static var spss: [FileShape] {
    var shapes: [FileShape] = []
    for isBigEndian in [false, true] {
      for compression in [0, 1] {
        for encoding in ["UTF-8", "windows-1252", "code page 1252", "code page 2"] {
          for isRich in [false, true] {
            var file = sav(encoding: encoding, isBigEndian: isBigEndian)
            file.compression = compression
            if isRich {
              file.documents = ["Samlet inn i mai"]
              file.extensions = [(7, 1, Array("$set=D1 1 3 Set ANSWER AMOUNT\n".utf8))]
            }
            shapes.append(
              FileShape(
                "SAV, \(isBigEndian ? "big" : "little") end, compression \(compression), "
                  + "\(encoding)\(isRich ? ", with documents and a set" : "")", "a.sav", file.bytes)
            )
          }
        }
      }
    }
    return shapes
  }

  private static func sav(encoding: String, isBigEndian: Bool) -> SAVBytes {
    var file = SAVBytes()
    file.isBigEndian = isBigEndian
    let isUnicode = encoding == "UTF-8"
    func text(_ text: String) -> [UInt8] { isUnicode ? Array(text.utf8) : SAVBytes.latin1(text) }
    let page = encoding.split(separator: " ").last.flatMap { Int($0) }
    file.codePage = page ?? (isUnicode ? 65_001 : 1252)
    file.encoding = page == nil ? encoding : nil
    file.variables = [
      .init(name: "ANSWER", label: text("Spørsmål"), format: 0x05_08_00), .init(name: "AMOUNT"),
      .init(name: "TOWN", width: 24, format: 0x01_18_00),
    ]
    file.valueLabels = [([(file.double(1), text("Ja")), (file.double(2), text("Nei"))], [1])]
    let towns = ["Bodø", "", town].map { SAVBytes.Cell.text(text($0)) }
    let missing = SAVBytes.Cell.number(-Double.greatestFiniteMagnitude)
    file.cases = [
      [.number(1), .number(1.5), towns[0]], [.number(2), .number(-2), towns[1]],
      [missing, .number(450_000), towns[2]],
    ]
    return file
  }

  private static var portable: [FileShape] {
    ["\n", "\r\n", ""].flatMap { end in
      [true, false].map { isUnicode in
        var file = PORBytes()
        file.lineEnd = end
        file.variables = [
          .init(name: "ANSWER", format: [5, 8, 0]), .init(name: "AMOUNT"),
          .init(name: "TOWN", width: 24, format: [1, 24, 0]),
        ]
        file.valueLabels = [(["ANSWER"], [(.number(1), "Ja"), (.number(2), "Nei")])]
        let towns = ["Bodø", "", town].map { text in
          isUnicode ? PORBytes.Cell.text(text) : .bytes(SAVBytes.latin1(text))
        }
        file.cases = [
          [.number(1), .number(1.5), towns[0]], [.number(2), .number(-2), towns[1]],
          [.missing, .number(450_000), towns[2]],
        ]
        let encoding = isUnicode ? "UTF-8" : "windows-1252"
        return FileShape("POR, end \(end.debugDescription), \(encoding)", "a.por", file.bytes)
      }
    }
  }

  // MARK: Stata

  private static var stata: [FileShape] {
    StataReadingTests.versions.flatMap { version in
      [false, true].flatMap { isBigEndian in
        (version >= 118 ? [true] : [false, true]).map { isUnicode in
          var file = DTABytes(version: version, isUnicode: isUnicode, isBigEndian: isBigEndian)
          file.variables = [
            .init(name: "ANSWER", kind: .byte, label: "Spørsmål", labels: "yesno"),
            .init(name: "AMOUNT", kind: .double), .init(name: "TOWN", kind: .text(24)),
          ]
          file.labelSets = [("yesno", [(1, "Ja"), (2, "Nei")])]
          file.rows = [
            [.number(1), .number(1.5), .text("Bodø")], [.number(2), .number(-2), .text("")],
            [.missing(0), .number(450_000), .text(town)],
          ]
          return FileShape(
            "DTA \(version), \(isBigEndian ? "big" : "little") end, "
              + (isUnicode ? "UTF-8" : "windows-1252"), "a.dta", file.bytes)
        }
      }
    }
  }

  // MARK: SAS

  private static let fields: [SASField] = [
    .init(name: "ANSWER", format: "YESNO"), .init(name: "AMOUNT"),
    .init(name: "TOWN", width: 24, isText: true),
  ]

  private static func cells(isUnicode: Bool) -> [[SASCell]] {
    let towns = ["Bodø", "", town].map { text in
      isUnicode ? SASCell.text(text) : .bytes(SAVBytes.latin1(text))
    }
    return [
      [.number(1), .number(1.5), towns[0]], [.number(2), .number(-2), towns[1]],
      [.missing("."), .number(450_000), towns[2]],
    ]
  }

  private static var transport: [FileShape] {
    [5, 8].flatMap { version in
      [true, false].map { isUnicode in
        let file = XPTBytes(
          version: version, variables: fields, rows: cells(isUnicode: isUnicode))
        return FileShape(
          "XPT \(version), \(isUnicode ? "UTF-8" : "windows-1252")", "a.xpt", file.bytes)
      }
    }
  }

  private static var sas: [FileShape] {
    SASDataReadingTests.shapes.flatMap { shape in
      [true, false].map { isUnicode in
        let (is64Bit, isBigEndian, compression) = shape
        // 62 is windows-1252.
        let file = SASDataBytes(
          is64Bit: is64Bit, isBigEndian: isBigEndian, compression: compression,
          encoding: isUnicode ? 20 : 62, variables: fields, rows: cells(isUnicode: isUnicode))
        return FileShape(
          "SAS, \(is64Bit ? 64 : 32) bits, \(isBigEndian ? "big" : "little") end, "
            + "\(compression?.rawValue ?? "not compressed"), \(isUnicode ? "UTF-8" : "windows-1252")",
          "a.sas7bdat", file.bytes,
          catalog: SASCatalogBytes(
            is64Bit: is64Bit, isBigEndian: isBigEndian, isPadded: is64Bit,
            formats: [SASCatalogBytes.yesNo]
          ).bytes)
      }
    }
  }
}
