/// How wide the parts of a Stata file are, by the version of the format.
struct StataLayout {
  /// 102 to 119.
  let version: Int

  /// Versions that Stata released.
  static let versions: Set<Int> = [
    102, 103, 104, 105, 108, 110, 111, 112, 113, 114, 115, 117, 118, 119,
  ]

  /// From 117 on sections stand between tags.
  var isTagged: Bool { version >= 117 }
  /// From 118 on text is UTF-8.
  var isUnicode: Bool { version >= 118 }
  var encoding: String { isUnicode ? "utf-8" : "windows-1252" }
  var nameWidth: Int { version >= 118 ? 129 : version >= 110 ? 33 : 9 }
  var labelWidth: Int { version >= 118 ? 321 : version >= 108 ? 81 : 32 }
  var formatWidth: Int { version >= 118 ? 57 : version >= 114 ? 49 : version >= 105 ? 12 : 7 }
  /// From 105 on there are a time stamp and characteristics.
  var hasCharacteristics: Bool { version >= 105 }
  /// The double that stands for a missing value beside those of later formats.
  var missingDouble: Double? { version >= 108 ? nil : 0x1p333 }
  /// From 113 on there are 27 missing values.
  var hasTags: Bool { version >= 113 }
}
