public import SurveyTables

extension Phrase {
  /// Where the rows of the file went, in a sentence.
  ///
  /// `Rows read 6 000: 5 680 counted, 214 don't know.` Parts of zero rows are left out.
  public static func rowsRead(_ read: Int, counted: Int, others: [(count: Int, what: Phrase)] = [])
    -> Phrase
  {
    Phrase { format in
      func parts(_ counted: String, _ language: String) -> String {
        let rest = others.filter { $0.count != 0 }.map {
          "\(format.count($0.count))\u{A0}\($0.what.text(in: language).withinSentence)"
        }
        return ([counted] + rest).joined(separator: ", ")
      }
      let (read, counted) = (format.count(read), format.count(counted))
      return (
        "Rows read \(read): \(parts("\(counted)\u{A0}counted", "en")).",
        "Leste rader \(read): \(parts("\(counted)\u{A0}talt med", "nb"))."
      )
    }
  }

  /// Rows that the subpopulation leaves out.
  public static let outsideSubpopulation = Phrase(
    "outside the subpopulation", "utenfor delutvalget")
  /// Rows whose weight is missing or zero.
  public static let withoutWeight = Phrase("without a usable weight", "uten brukbar vekt")
  /// Rows of which the group is not known.
  public static func missingGroup(_ variable: String) -> Phrase {
    Phrase("with '\(variable)' missing", "der «\(variable)» mangler")
  }

  /// The design: `Design: stratified, 20 strata, element sample; weight 'weight'; …`.
  ///
  /// - Parameters:
  ///   - strata: The number of strata; nil when there is no stratification.
  ///   - clusters: The number of sampling units; nil for an element sample.
  ///   - namesUnits: Whether strata and sampling units, or their absence, make the errors.
  ///   - weight: The weight's name; nil when everybody counts alike.
  ///   - remarks: What else belongs here: finite populations, the interval, degrees of freedom.
  public static func design(
    strata: Int?, clusters: Int?, namesUnits: Bool = true, weight: String?,
    remarks: [Phrase] = []
  ) -> Phrase {
    var sample: [Phrase] = []
    if let strata { sample.append(stratified(strata)) }
    sample.append(clusters.map(samplingUnits) ?? Phrase("element sample", "elementutvalg"))
    let weighted = weight.map { Phrase("weight '\($0)'", "vekt «\($0)»") } ?? unweighted
    let isDeclared = strata != nil || clusters != nil || weight != nil
    let known =
      !namesUnits
      ? [weighted] : isDeclared ? [joined(sample), weighted] : [simpleRandomSampling]
    let parts = joined(known + remarks, separator: "; ")
    return Phrase("Design: \(parts.text(in: "en")).", "Utvalgsplan: \(parts.text(in: "nb")).")
  }

  /// That nothing is known of errors.
  public static let withoutErrors = Phrase("no standard errors", "uten standardfeil")

  private static func stratified(_ strata: Int) -> Phrase {
    Phrase { format in
      let count = format.count(strata)
      let noun = strata == 1 ? "stratum" : "strata"
      return ("stratified, \(count) \(noun)", "stratifisert, \(count) \(noun)")
    }
  }

  private static func samplingUnits(_ units: Int) -> Phrase {
    Phrase { format in
      let count = format.count(units)
      return units == 1
        ? ("1 sampling unit", "1 primærenhet")
        : ("\(count) sampling units", "\(count) primærenheter")
    }
  }

  /// The stages of sampling, with the units of each.
  public static func stages(_ stages: [(name: String, units: Int)]) -> Phrase {
    Phrase { format in
      let parts = stages.map { "\($0.name) \(format.count($0.units))" }.joined(separator: ", ")
      return ("\(stages.count) stages (\(parts))", "\(stages.count) trinn (\(parts))")
    }
  }

  /// Units of which one unit of the next stage was drawn.
  public static func lonelyParents(rule: String, units: Int) -> Phrase {
    Phrase { format in
      (
        "\(format.count(units)) units with one unit of the next stage: \(rule)",
        "\(format.count(units)) enheter med én enhet i neste trinn: \(rule)"
      )
    }
  }

  /// Where the variance comes from when there are replicate weights.
  public static func replicates(_ count: Int, method: String) -> Phrase {
    Phrase { format in
      (
        "variance from \(format.count(count)) replicate weights (\(method))",
        "varians fra \(format.count(count)) replikatvekter (\(method))"
      )
    }
  }
  /// Replicate weights are there, but not used.
  public static let linearized = Phrase(
    "linearized variance, replicate weights not used",
    "linearisert varians, replikatvektene er ikke brukt")
  /// Everybody counts alike.
  public static let unweighted = Phrase("unweighted", "uvektet")
  /// Nothing is known of the design.
  public static let simpleRandomSampling = Phrase(
    "simple random sampling assumed", "enkelt tilfeldig utvalg er antatt")
  /// Sampled from a population of known size.
  public static let finitePopulation = Phrase(
    "finite population correction", "korrigert for endelig populasjon")
  /// Sampled with unequal probabilities and without replacement.
  public static func unequalProbabilities(_ method: String) -> Phrase {
    Phrase(
      "unequal probabilities without replacement (\(method))",
      "ulike trekksannsynligheter uten tilbakelegging (\(method))")
  }
  /// The totals that the weights were made to meet are known, which lowers the variance.
  public static func calibrated(to variables: [String]) -> Phrase {
    let names = variables.joined(separator: ", ")
    return Phrase(
      "variance with weights calibrated to \(names)",
      "varians med vekter kalibrert mot \(names)")
  }
  /// What happens to strata with one sampling unit.
  public static func lonelyUnits(rule: String, strata: Int) -> Phrase {
    Phrase { format in
      (
        "\(format.count(strata)) strata with one sampling unit: \(rule)",
        "\(format.count(strata)) strata med én primærenhet: \(rule)"
      )
    }
  }
  /// What happens to strata of which a group has one sampling unit.
  public static func lonelyDomains(rule: String) -> Phrase {
    Phrase(
      "strata with one sampling unit of a group: \(rule)",
      "strata med én primærenhet av en gruppe: \(rule)")
  }
  /// The composition that groups were given; of many categories how many there are.
  public static func standardized(
    _ variable: String, _ shares: [(name: String, share: Double)]
  ) -> Phrase {
    Phrase { format in
      let parts = shares.prefix(12).map { "\($0.name) \(format.percent($0.share, digits: 1)) %" }
        .joined(separator: ", ")
      let more = shares.count > 12 ? shares.count - 12 : 0
      return (
        "Standardised to \(variable): \(parts)" + (more > 0 ? " and \(more) more" : ""),
        "Standardisert etter \(variable): \(parts)" + (more > 0 ? " og \(more) til" : "")
      )
    }
  }
  /// How intervals were made, by the name of the option `--ci`.
  public static func intervals(_ method: String) -> Phrase {
    Phrase("\(method) intervals", "\(method)-intervaller")
  }
  /// Degrees of freedom in a sentence; those that more coefficients than sampling units leave are none.
  public static func df(_ value: Double) -> Phrase {
    guard value.isNaN || value > 0 else {
      return Phrase("no degrees of freedom", "ingen frihetsgrader")
    }
    return Phrase {
      ("df\u{A0}\($0.degreesOfFreedom(value))", "df\u{A0}\($0.degreesOfFreedom(value))")
    }
  }
}
