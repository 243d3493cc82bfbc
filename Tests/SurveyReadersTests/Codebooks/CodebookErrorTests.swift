import SurveyData
import SurveyReaders
import Testing

@Suite struct CodebookErrorTests {
  /// A fault in the part of a codebook after `vekt: 1`, which is line 1.
  static let faults: [(text: String, message: String)] = [
    (
      "variabels: {}",
      "c:2:1: unknown key 'variabels' in the codebook\n      Did you mean 'variables'?"
    ),
    (
      "variables:\n  sex: {lable: Sex}",
      "c:3:9: unknown key 'lable' in variable 'sex'\n      Did you mean 'label'?"
    ),
    (
      "variables:\n  sex: {label: Sex}\n  age: {}\n  sex: {}",
      "c:5:3: 'sex' stands twice: first at c:3:3\n      Keep one of them."
    ),
    (
      "variables:\n  sex: {codes: {1: male, 2: female, 1: other}}",
      "c:3:37: '1' stands twice: first at c:3:17\n      Keep one of them."
    ),
    (
      "variables:\n  sex: {type: integer, codes: {1: male, 1.0: female}}",
      "c:3:41: two labels for one code: '1'"
    ),
    (
      "variables:\n  sex: {codes: {1: male, 8: unknown}, missing: {8: dont_know}}",
      "c:3:48: code '8' of 'sex' is both valid and missing\n"
        + "      Keep it under `codes:` or under `missing:`."
    ),
    (
      "variables:\n  age: {range: [0, 120], missing: {99: refused}}",
      "c:3:35: the missing code '99' of 'age' lies inside its range of valid numbers\n"
        + "      Narrow `range:`, or take the code out of `missing:`."
    ),
    (
      "variables:\n  age: {missing: {99: refussed}}",
      "c:3:23: 'reason' must be one of inapplicable, refused, dont_know, no_answer, not_asked, "
        + "breakoff, technical, restricted, implausible, system, but is 'refussed'\n"
        + "      Did you mean 'refused'?"
    ),
    (
      "missing: {ess: {8: dont_know}}\nvariables:\n  age: {missing: es}",
      "c:4:18: there is no missing set 'es'\n      Did you mean 'ess'?"
    ),
    (
      "codelists: {yesno: {1: Ja}}\nvariables:\n  a: {codes: yesn}",
      "c:4:14: there is no code list 'yesn'\n      Did you mean 'yesno'?"
    ),
    (
      "variables:\n  a: {type: integer, codes: {x: Ja}}",
      "c:3:30: 'x' is not a whole number, but the variable's type is integer\n"
        + "      Write `type: text` if its codes are texts."
    ),
    (
      "variables:\n  a: {type: int}",
      "c:3:13: 'type' must be one of integer, decimal, text, date, datetime, but is 'int'"
    ),
    (
      "variables:\n  a: {codes: {1: x}, reference: 2}",
      "c:3:33: '2' is no code of 'a'\n      Did you mean '1'?"
    ),
    (
      "variables:\n  a: {universe: {where: \"agee > 3\"}}",
      "c:3:25: no variable 'agee' in this codebook\n      agee > 3\n      ^"
    ),
    (
      "variables:\n  a: {label: {norsk: A}}",
      "c:3:15: 'norsk' is not a language code such as nb, nn, se or en"
    ),
    (
      "variables:\n  a: {}\n  b: {}\ngroups:\n  g: {of: [a, c1]}",
      "c:6:15: no variable 'c1' in this codebook\n"
        + "      Describe it under `variables:`, if only as `c1: {}`."
    ),
    (
      "variables:\n  a: {}\ngroups:\n  g: {of: [a], kind: multiple}",
      "c:5:6: group 'g' must say which code counts as chosen\n      Write `counted: 1`, or `kind: choices` where the codes themselves are the answers."
    ),
    (
      "derived:\n  x: {expr: y + 1}\n  y: {expr: x + 1}",
      "c:3:3: x: is derived from itself: x ← y ← x"
    ),
    (
      "variables:\n  a: {}\nderived:\n  x: {expr: aa + 1}",
      "c:5:3: x: no variable 'aa' in this codebook\n      aa + 1\n      ^\n      Did you mean 'a'?"
    ),
    (
      "variables:\n  a: {}\nderived:\n  a: {expr: 1 + 1}",
      "c:5:3: two entries for one variable: 'a' stands first at c:3:3"
    ),
    (
      "variables:\n  a: {}\nderived:\n  x: {cut: a}",
      "c:5:6: 'at' is needed here"
    ),
    (
      "variables:\n  a: {}\nderived:\n  x: {cut: a, at: [3, 2]}",
      "c:5:19: 'at' must hold rising numbers"
    ),
    (
      "variables:\n  a: {}\nderived:\n  x: {mean: [a]}",
      "c:5:6: a mean must say how many valid answers it needs\n"
        + "      Write `min_valid: 1` to need them all."
    ),
    (
      "variables:\n  a: {codes: {1: x, 2: y}}\nderived:\n  x: {recode: a, map: {1: 0}}",
      "c:5:3: x: the map does not name these codes of 'a': 2\n"
        + "      Name them, or say what becomes of the rest: `else: missing`, `copy` or a code."
    ),
    (
      "variables:\n  a: {codes: {1: x}}\nderived:\n  x: {label: X}",
      "c:5:3: derived variable 'x' needs exactly one of recode, cut, mean, any_of, expr"
    ),
    (
      "weights:\n  w: {var: wieght}\nvariables:\n  weight: {}",
      "c:3:12: no variable 'wieght' in this codebook\n      Did you mean 'weight'?"
    ),
    (
      "variables: {a: {}, b: {}}\nweights:\n  w: {var: a, default: true}\n  v: {var: b, default: true}",
      "c:4:3: two weights are the default: w and v"
    ),
    (
      "design: {}",
      "c:2:9: 'design' must be `none` (simple random sampling, stated) or name the columns\n"
        + "      Its keys are strata, psu, fpc, pps, lonely_psu, lonely_domain, replicates, variance."
    ),
    (
      "variables: {a: {}}\ndesign: {lonely_psu: fail}",
      "c:3:9: 'design' names neither strata nor psu nor fpc nor replicates\n"
        + "      Write `design: none` if there are none."
    ),
    ("file: {decimal: \"..\"}", "c:2:17: 'decimal' must be one character, but is '..'"),
    ("file: {rows: many}", "c:2:14: 'rows' must be a whole number, but is 'many'"),
    ("language: bokmål", "c:2:11: 'bokmål' is not a language code such as nb, nn, se or en"),
    (
      "study: &s {id: x}",
      "c:2:8: anchors and aliases (& and *) are not allowed\n"
        + "      Use a named code list or missing set instead."
    ),
    (
      "study: {id: !!int 3}",
      "c:2:13: tags (!) are not allowed: the codebook itself says what a value is"
    ),
    ("study:\n  <<: {id: x}", "c:3:3: merge keys (<<) are not allowed"),
  ]

  @Test(arguments: faults)
  func `a fault has its line, its column and what would be right`(
    text: String, message: String
  ) {
    do {
      _ = try Codebook(parsing: "vekt: 1\n\(text)\n", name: "c")
      Issue.record("no error; expected \(message)")
    } catch {
      #expect(String(describing: error) == message)
      #expect((error as? SurveyError)?.kind == .data)
    }
  }

  @Test(arguments: [
    ("", "c: is empty"),
    ("vekt: 2", "c:1:7: is written in version '2' of the format; this Vekt reads version 1"),
    (
      "variables: {}",
      "c: does not say `vekt: 1`, the version of the format\n"
        + "      Write `vekt: 1` on its first line, if this is a codebook."
    ),
    ("- a", "c:1:1: 'the codebook' must be a mapping of names to values"),
  ]) func `a file that is no codebook says why`(text: String, message: String) {
    do {
      _ = try Codebook(parsing: text, name: "c")
      Issue.record("no error; expected \(message)")
    } catch {
      #expect(String(describing: error) == message)
    }
  }

  @Test(arguments: [
    "vekt: [1", "vekt: 1\n\tstudy: x", "vekt: 1\n---\nvekt: 1", "{{{{", "vekt: *x",
    String(repeating: "[", count: 900), String(repeating: "{a: ", count: 500),
    "vekt: 1\nstudy: " + String(repeating: "[", count: 40) + String(repeating: "]", count: 40),
  ]) func `what is not YAML is an error with a place, never a crash`(text: String) {
    do {
      _ = try Codebook(parsing: text, name: "c")
      Issue.record("no error")
    } catch {
      #expect(String(describing: error).hasPrefix("c:"))
    }
  }
}
