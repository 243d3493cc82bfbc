/// How answers may misreport an experience more at one end of a status scale than at the other.
public enum Misreporting: String, CaseIterable, Sendable {
  /// People without the experience report it: more of them at the end where the outcome is common.
  case overReporting = "over-reporting"
  /// People with the experience keep silent: more of them at the end where the outcome is rare.
  case underReporting = "under-reporting"
}

/// Reporting that is worse at one end of a scale, and what it makes of prevalences.
///
/// With `t` from 0 at one end to 1 at the other, over-reporting lowers the specificity to
/// `sp − δ t`, under-reporting the sensitivity to `se − δ (1 − t)`.
struct DifferentialReporting {
  let kind: Misreporting
  /// The sensitivity without misreporting that depends on status.
  let sensitivity: Double
  /// The specificity without misreporting that depends on status.
  let specificity: Double

  /// The true prevalence, with its slopes along the observed one and along δ.
  struct Corrected {
    let value: Double
    let slope: Double
    let slopeInParameter: Double
  }

  /// The sensitivity and the specificity at a place of the scale.
  func quality(at t: Double, _ delta: Double) -> (sensitivity: Double, specificity: Double) {
    switch kind {
    case .overReporting: (sensitivity, specificity - delta * t)
    case .underReporting: (sensitivity - delta * (1 - t), specificity)
    }
  }

  /// `p* = (p + sp − 1) ∕ (se + sp − 1)`.
  func corrected(_ p: Double, at t: Double, _ delta: Double) -> Corrected {
    let (se, sp) = quality(at: t, delta)
    let width = se + sp - 1
    return Corrected(
      value: (p + sp - 1) / width, slope: 1 / width,
      slopeInParameter: kind == .overReporting
        ? -t * (se - p) / (width * width) : (1 - t) * (p + sp - 1) / (width * width))
  }

  /// The δ up to which the corrected prevalence is between 0 and 1.
  func limit(_ p: Double, at t: Double) -> Double {
    switch kind {
    case .overReporting: t > 0 ? (p + specificity - 1) / t : .infinity
    case .underReporting: t < 1 ? (sensitivity - p) / (1 - t) : .infinity
    }
  }
}
