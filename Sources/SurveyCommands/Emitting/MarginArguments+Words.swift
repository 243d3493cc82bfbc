extension MarginArguments {
  /// Whether nothing is asked after the fit.
  var isEmpty: Bool { words.isEmpty }

  /// What is asked, as it is typed.
  var words: [String] {
    [
      margins.map { "--margins \($0.names.joined(separator: ","))" },
      predict.map { "--predict '\($0)'" },
    ].compactMap { $0 } + contrast.map { "--contrast '\($0)'" }
  }
}
