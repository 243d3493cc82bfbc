/// What the weights of waves add up to in a joined file, which decides what a share of all waves is.
public enum WaveScaling: String, CaseIterable, Sendable {
  /// Each wave adds up to its own total: a pooled share weighs the waves by these.
  case none
  /// Every wave adds up to the same, the mean of their totals: a pooled share is the mean of the waves'.
  case mean
  /// Each wave adds up to its number of weighted rows: a pooled share weighs the waves by their size.
  case size
}
