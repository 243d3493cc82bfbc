extension HTMLPage {
  /// The style sheet of pages and tables; it follows the reader's choice of light or dark.
  public static let stylesheet = pageRules + tableRules + mediaRules

  /// The style sheet of tables and charts on a page of others, such as the output of a notebook's
  /// cell: it takes the colours of that page, and the size of its letters.
  public static let tableStylesheet =
    ":is(.vekt-table, .vekt-figure) { --quiet: inherit; --rule: #8d9096; --hair: #8d909666; "
    + "--link: inherit; --bar: #6f9fc8; }\n" + tableRules
    + ".vekt-table { margin: 0.5rem 0 1rem; } .vekt-table table { font-size: inherit; }\n"
    + ".vekt-title { font-size: 1.125em; }\n"

  private static let pageRules = """
    :root {
      color-scheme: light dark;
      --ink: #1d1d1f; --quiet: #5a5c61; --paper: #fff; --rule: #8d9096; --hair: #d9dbdf;
      --link: #0b57a4; --bar: #6f9fc8;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ink: #e4e5e7; --quiet: #a4a7ad; --paper: #17181a; --rule: #70747b; --hair: #35383d;
        --link: #8dbbec; --bar: #5b89b3;
      }
    }
    body {
      margin: 0; background: var(--paper); color: var(--ink);
      font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
    }
    main { max-width: 72rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
    p, ul, ol, h1, h2, h3 { max-width: 70ch; }
    a { color: var(--link); }
    h1 { font-size: 1.6rem; line-height: 1.25; }
    h1:has(code:only-child) { font-size: 1rem; font-weight: normal; color: var(--quiet); }
    code { font: 0.875em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }

    """

  private static let tableRules = """
    .vekt-table { margin: 2rem 0; }
    .vekt-frame { max-width: 100%; width: fit-content; overflow-x: auto; }
    .vekt-frame:focus-visible { outline: 2px solid var(--link); outline-offset: 4px; }
    .vekt-table table {
      border-collapse: collapse; font-variant-numeric: tabular-nums lining-nums;
      border-top: 1px solid var(--rule); color: inherit; font-size: 1rem;
    }
    .vekt-table caption {
      position: sticky; left: 0; max-width: calc(100vw - 2rem);
      text-align: left; padding-bottom: 0.5rem;
    }
    .vekt-title { font-weight: 600; font-size: 1.125rem; padding-right: 1rem; }
    .vekt-unit { display: inline-block; color: var(--quiet); font-weight: normal; }
    .vekt-table :is(th, td) {
      padding: 0.25rem 0 0.25rem 1.5rem; text-align: right; vertical-align: baseline;
      font-weight: normal; border: 0; background: none;
    }
    .vekt-table td { white-space: nowrap; }
    .vekt-table thead { border-bottom: 1px solid var(--hair); }
    .vekt-table thead th {
      vertical-align: bottom; max-width: 11rem; color: var(--quiet); line-height: 1.3;
      text-wrap: balance;
    }
    .vekt-table thead th.vekt-group { text-align: left; }
    .vekt-table thead th[scope="colgroup"] { max-width: none; }
    .vekt-group span { display: block; border-bottom: 1px solid var(--hair); }
    .vekt-table tbody { border-bottom: 1px solid var(--hair); }
    .vekt-table tbody:last-child { border-bottom: 1px solid var(--rule); }
    .vekt-table :is(th, td):first-child { padding-left: 0; text-align: left; }
    .vekt-table tbody th { min-width: 8rem; max-width: 24rem; }
    .vekt-table thead + tbody:has(+ .vekt-total) { border-bottom-color: var(--rule); }
    .vekt-total th, .vekt-heading th { font-weight: 600; }
    .vekt-table .vekt-words { text-align: left; }
    .vekt-table td.vekt-words { white-space: normal; max-width: 22rem; }
    .vekt-table td.vekt-long { min-width: 8rem; }
    .vekt-table th.vekt-indent-1 { padding-left: 1.25rem; }
    .vekt-table th.vekt-indent-2 { padding-left: 2.5rem; }
    .vekt-table th.vekt-indent-3 { padding-left: 3.75rem; }
    .vekt-table th.vekt-indent-4 { padding-left: 5rem; }
    .vekt-tail { display: inline-block; text-align: left; }
    .vekt-table sup { font-size: 0.75em; line-height: 0; }
    .vekt-table sup a { text-decoration: none; }
    .vekt-bar { display: inline-block; width: 4rem; height: 0.65rem; }
    .vekt-bar span { display: block; height: 100%; background: var(--bar); }
    .vekt-figure { margin: 2rem 0; overflow-x: auto; }
    .vekt-figure svg { display: block; max-width: 100%; height: auto; }
    .vekt-notes { margin-top: 0.75rem; font-size: 0.875rem; color: var(--quiet); }
    .vekt-notes p { margin: 0.2rem 0; max-width: 80ch; }
    .vekt-spoken {
      position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
      white-space: nowrap;
    }

    """

  private static let mediaRules = """
    @media (max-width: 40rem) {
      main { padding: 1.25rem 1rem 2rem; }
      .vekt-table table { font-size: 0.875rem; }
      .vekt-table :is(th, td) { padding-left: 0.625rem; }
      .vekt-table tbody th { min-width: 6rem; }
    }
    @media print {
      :root { --ink: #000; --quiet: #333; --paper: #fff; --rule: #000; --hair: #999; --link: #000; }
      body { font-size: 10pt; }
      main { max-width: none; padding: 0; }
      .vekt-frame { overflow: visible; }
      .vekt-table tr { break-inside: avoid; }
      .vekt-bar span { print-color-adjust: exact; }
    }

    """
}
