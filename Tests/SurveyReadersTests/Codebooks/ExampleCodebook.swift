/// A codebook that uses every key.
let exampleCodebook = """
  vekt: 1                                  # the version of the format
  language: nb
  study:
    id: example-2024
    title: {nb: "En undersøkelse", en: A survey}
    source: {producer: A. Producer, doi: 10.1234/abc, edition: "3.1", collected: 2018-08-29/2019-03-04}
    population: {nb: Personer 15 år og eldre}
    licence: CC-BY-4.0
    citation: "A. Producer (2024). A survey."
    note: Laget for tester.
  file:
    path: example.csv
    format: csv
    delimiter: ";"
    decimal: ","
    thousands: space
    encoding: utf-8
    quote: "\\""
    header: true
    skip: 0
    missing: [NA, "."]
    rows: 2358
    sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
  missing:
    ess1: {6: inapplicable, 7: refused, 8: dont_know, 9: no_answer}
    ess2: {66: inapplicable, 77: refused, 88: dont_know, 99: no_answer}
  codelists:
    yesno: {1: {nb: Ja, en: "Yes"}, 2: {nb: Nei, en: "No"}}
  variables:
    idno:    {type: text, role: id}
    cntry:   {type: text, label: Land, codes: {NO: Norge, DE: Tyskland}}
    kommune: {type: text, codes: {0301: Oslo, 4601: Bergen}}
    start:   {type: text, codes: {12:30: Halv ett}}
    trust:
      label:    {nb: Tillit, en: Trust}
      question: {en: "How much do you trust them?"}
      type: integer
      measure: interval
      codes: {0: Ingen tillit, 10: Full tillit}
      range: [0, 10]
      missing: ess2
    vote:
      label: Stemte
      codes: {1: Ja, 2: Nei, 3: Ikke stemmerett}
      missing: [ess1, {5: {reason: not_asked, nb: Ikke spurt i denne runden}}]
      universe: {where: "agea >= 18 and alder3 != 1", nb: 18 år og eldre}
      reference: 2
      unknown: warn
    agea: {label: Alder, type: integer, measure: ratio, unit: år, range: [15, 120], missing: {999: no_answer, <0: implausible}}
    k1: {codes: yesno}
    k2: {codes: [yesno, {3: Begge}], note: Kom til i runde 2.}
    w1: {type: decimal, role: weight}
    w2: {type: decimal}
    stratum: {role: stratum}
    psu: {role: psu}
    hhid: {}
    n1: {type: decimal, role: fpc}
  groups:
    kanaler: {label: Kanaler, kind: multiple, counted: 1, of: [k1, k2], exclusive: [k2]}
    tillit:  {kind: battery, of: [trust, tillit_ix]}
  derived:
    alder3:    {cut: agea, at: [15, 30, 60], labels: ["15-29", "30-59", "60+"]}
    stemt:     {recode: vote, map: {1: {to: 1, nb: Stemte}, "2, 3": {to: 0, nb: Stemte ikke}}, label: Stemt}
    tillit_ix: {mean: [trust, k1], min_valid: 2, reverse: [trust]}
    noe:       {any_of: [k1, k2], equals: 1, missing: all}
    voksen:    {expr: "agea >= 18", label: Voksen}
  weights:
    analyse: {expr: "w1 * w2", default: true, label: Til alt}
    post: w1
    drop: {var: w2, missing: drop}
  design:
    strata: stratum
    psu: [psu, hhid]
    fpc: n1
    lonely_psu: adjust
  output: {language: nb, reliability: nchs, disclosure: {profile: ssb}}
  """
