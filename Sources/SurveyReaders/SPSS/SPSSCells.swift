internal import SurveyData

/// The wanted cells of a block of cases: for each wanted stretch of a case, its bytes.
///
/// A stretch is one number (eight bytes) or the text of one segment.
struct SPSSCells {
  /// A wanted stretch of a case.
  struct Stretch {
    /// Its first element in a case.
    let element: Int
    let elementCount: Int
  }

  /// Where one stretch's bytes are: those of case `i` start `i × step` after `start`.
  struct Place {
    let start: UnsafeRawPointer
    let step: Int
  }

  /// One place for each wanted stretch.
  let places: [Place]
  /// The number of cases in the block.
  let count: Int
}

/// Takes the cells of a block; called in the order of the cases.
typealias SPSSCellSink = (SPSSCells) throws -> Void
