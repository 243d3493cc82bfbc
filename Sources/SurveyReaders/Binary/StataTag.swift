package import SurveyData

/// The 26 extended missing values of Stata and SAS, `.a` to `.z`, numbered from 1; 27 is `._`, which
/// only SAS has.
package enum StataTag {
  /// The code as text: `.d` for 4.
  package static func text(_ tag: Int) -> String {
    tag == 27 ? "._" : "." + String(UnicodeScalar(UInt8(truncatingIfNeeded: 0x60 + tag)))
  }

  /// The number of a code of Stata such as `.d`; nil for other text.
  package static func number(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count == 2, bytes[0] == UInt8(ascii: "."), (0x61...0x7A).contains(bytes[1]) else {
      return nil
    }
    return Int(bytes[1]) - 0x60
  }

  /// The reason that custom gives the tag; no answer where it gives none.
  package static func reason(_ tag: Int) -> MissingReason {
    MissingReason.allCases.first { $0.stataTag.map { text(tag) == ".\($0)" } ?? false } ?? .noAnswer
  }
}

extension String {
  /// Whether the text is a tagged missing value of Stata or SAS: `.a` to `.z`, `._`.
  var isTaggedMissing: Bool {
    utf8.count == 2 && hasPrefix(".") && last.map { "a" <= $0 && $0 <= "z" || $0 == "_" } == true
  }
}
