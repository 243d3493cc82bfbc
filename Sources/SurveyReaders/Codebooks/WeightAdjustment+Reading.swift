internal import SurveyData

extension WeightAdjustment {
  static let keys: [CodebookKey<WeightAdjustment>] = [
    CodebookKey("step") { adjustment, node, _ in adjustment.step = try node.word("step") },
    CodebookKey("of") { $0.before = try $1.columnName("of", in: $2) },
    CodebookKey("by") { $0.variables = try $1.columnNames("by", in: $2) },
    CodebookKey("formula") { adjustment, node, _ in
      adjustment.formula = try node.text("formula")
    },
    CodebookKey("method") { adjustment, node, _ in adjustment.method = try node.word("method") },
    CodebookKey("bounds") { adjustment, node, _ in
      let numbers = try node.items("bounds").map { item in
        try canonicalNumber(item.text("bounds")) ?? item.number("bounds")
      }
      guard numbers.count == 2, numbers[0] < numbers[1] else {
        throw node.fault("'bounds' must hold two rising numbers")
      }
      adjustment.bounds = numbers[0]...numbers[1]
    },
    CodebookKey("responded") { adjustment, node, scope in
      let source = try node.text("responded")
      let slip = try node.located { try Expression(source).variables }.first(where: scope.isSlip)
      if let slip { _ = try scope.variable(slip, at: node.place) }
      adjustment.responded = source
    },
    CodebookKey("totals") { adjustment, node, _ in adjustment.totals = try node.text("totals") },
    CodebookKey("covariance") { adjustment, node, _ in
      let rows = try node.items("covariance").map { row in
        try row.items("covariance").map { try $0.number("covariance") }
      }
      guard rows.allSatisfy({ $0.count == rows.count }) else {
        throw node.fault("'covariance' must have as many numbers in each row as it has rows")
      }
      let isSymmetric = rows.indices.allSatisfy { i in
        rows.indices.allSatisfy { rows[i][$0] == rows[$0][i] }
      }
      guard isSymmetric else { throw node.fault("'covariance' must be symmetric") }
      adjustment.totalsCovariance = rows
    },
    CodebookKey("to") { adjustment, node, _ in
      let target = try node.text("to")
      guard ["n", "N"].contains(target) || Double(target).map({ $0 > 0 && $0.isFinite }) ?? false
      else { throw node.fault("'to' must be n, N or a number above 0, but is '\(target)'") }
      adjustment.target = target
    },
    .text("reason", \.reason),
  ]

  /// `{step: rake, of: weight, by: [sex, region], totals: totals.csv, reason: …}`.
  init(_ node: YAMLNode, in scope: CodebookScope) throws {
    self.init(.other)
    guard node["step"] != nil else {
      throw node.fault(
        "a step of a weight must say what it does: `step: rake`",
        remedy: "The steps are \(Step.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    try node.read(Self.keys, into: &self, of: "a step of a weight", in: scope)
    try Self.check(node, step, needing: ["of"])
  }

  /// Throws for a key that the step needs and has not, or has and cannot use.
  static func check(
    _ node: YAMLNode, _ step: Step, needing more: [String] = [], allowing other: [String] = []
  ) throws {
    let needed = step.countsInVariance ? more + step.needed : step.needed
    for key in needed where node[key] == nil {
      throw node.fault("step '\(step.rawValue)' needs `\(key):`")
    }
    let known =
      ["step"] + needed + step.allowed + other + more.filter { !needed.contains($0) }
      + ["reason"]
    for entry in try node.entries("adjusted") where !known.contains(entry.key) {
      throw SurveyError(
        .data, at: entry.keyPlace, "step '\(step.rawValue)' has no key '\(entry.key)'",
        remedy: "Its keys are \(known.joined(separator: ", ")).")
    }
  }

  /// The step in a few words: `rake by sex, region`.
  var summary: String {
    let by = variables.isEmpty ? nil : "by \(variables.joined(separator: ", "))"
    let parts = [
      step.rawValue, formula, method?.rawValue, responded, by,
      bounds.map { "\(canonicalCode($0.lowerBound))–\(canonicalCode($0.upperBound))" },
      target.map { "to \($0)" }, totals.map { "to \($0)" },
      totalsCovariance == nil ? nil : "estimated", before.isEmpty ? nil : "of \(before)",
    ]
    return parts.compactMap(\.self).joined(separator: " ")
  }
}

extension WeightAdjustment.Step {
  /// The keys that a step cannot do without.
  fileprivate var needed: [String] {
    switch self {
    case .poststratify, .rake: ["by"]
    case .calibrate: ["formula"]
    case .nonresponse: ["responded", "by"]
    case .trim, .normalize, .other: []
    }
  }

  /// The keys that it may have besides.
  fileprivate var allowed: [String] {
    switch self {
    case .poststratify, .rake: ["totals", "covariance"]
    case .calibrate: ["method", "bounds", "totals", "covariance"]
    case .nonresponse, .other: []
    case .trim: ["bounds"]
    case .normalize: ["to"]
    }
  }
}

extension CodebookWriter {
  func fields(of adjustment: WeightAdjustment) -> [YAMLTree.Entry] {
    func numbers(_ numbers: [Double]) -> YAMLTree {
      .list(numbers.map { .scalar(canonicalCode($0)) })
    }
    func add(_ key: String, _ value: YAMLTree?) {
      if let value { fields.append(.init(key: key, value: value)) }
    }
    var fields = Self.texts([
      ("step", adjustment.step.rawValue),
      ("of", adjustment.before.isEmpty ? nil : adjustment.before),
      ("formula", adjustment.formula), ("responded", adjustment.responded),
    ])
    if !adjustment.variables.isEmpty {
      add("by", .list(adjustment.variables.map(YAMLTree.scalar)))
    }
    add("method", adjustment.method.map { .scalar($0.rawValue) })
    add("bounds", adjustment.bounds.map { numbers([$0.lowerBound, $0.upperBound]) })
    add("totals", adjustment.totals.map(YAMLTree.scalar))
    add("covariance", adjustment.totalsCovariance.map { .list($0.map(numbers)) })
    add("to", adjustment.target.map(YAMLTree.scalar))
    return fields + localized([("reason", adjustment.reason)])
  }
}
