extension String {
  /// The text with the characters escaped that TeX reserves, on one line.
  package var latexEscaped: String {
    var out = ""
    for character in onOneLine {
      switch character {
      case "&", "%", "$", "#", "_", "{", "}": out += "\\\(character)"
      case "\\": out += "\\textbackslash{}"
      case "~": out += "\\textasciitilde{}"
      case "^": out += "\\textasciicircum{}"
      case "<": out += "\\textless{}"
      case ">": out += "\\textgreater{}"
      case "\u{2212}": out += "$-$"
      case "≈": out += "$\\approx$"
      case "≠": out += "$\\neq$"
      case "∞": out += "$\\infty$"
      case "–": out += "--"
      case "\u{202F}": out += "\\,"
      case "\u{A0}": out += "~"
      default:
        if let name = Self.mathNames[character] {
          out += "$\\\(name)$"
        } else {
          out.append(character)
        }
      }
    }
    return out
  }

  /// Characters that text fonts lack, by their names in mathematics.
  private static let mathNames: [Character: String] = [
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "η": "eta", "κ": "kappa",
    "λ": "lambda", "μ": "mu", "ν": "nu", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau",
    "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Δ": "Delta", "Σ": "Sigma", "Φ": "Phi",
    "Ω": "Omega", "≤": "leq", "≥": "geq", "≠": "neq", "≈": "approx", "→": "rightarrow",
    "←": "leftarrow", "√": "surd", "∈": "in",
  ]
}
