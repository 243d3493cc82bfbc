internal import SurveyTables

extension ReportPage {
  /// What a report adds to the style sheet of tables.
  static let stylesheet =
    HTMLPage.bookRules + """
      main { max-width: 54rem; }
      h1 { font-size: 1.9rem; margin: 0 0 1.5rem; text-wrap: balance; }
      h2 { font-size: 1.35rem; line-height: 1.3; margin: 3.5rem 0 0.75rem; }
      h3 { font-size: 1.1rem; line-height: 1.35; margin: 2.25rem 0 0.5rem; }
      h4, h5, h6 { font-size: 1rem; margin: 1.75rem 0 0.5rem; }
      :is(h1, h2, h3) code { font-size: 0.9em; }
      :is(p, li, dd) { overflow-wrap: break-word; }
      nav { margin: 0 0 2.5rem; padding: 0.75rem 0; border-block: 1px solid var(--hair); }
      nav ul { list-style: none; margin: 0; padding: 0; }
      nav > ul { columns: 15rem; column-gap: 2rem; }
      nav li { padding: 0.1rem 0; break-inside: avoid; }
      nav li li { padding-left: 1.25rem; font-size: 0.9375rem; }
      nav a { text-decoration: none; }
      nav a:hover { text-decoration: underline; }
      blockquote { margin: 1.5rem 0; padding: 0.1rem 0 0.1rem 1.25rem; border-left: 3px solid var(--rule); }
      blockquote > :first-child { margin-top: 0.4rem; }
      blockquote > :last-child { margin-bottom: 0.4rem; }
      hr { border: 0; border-top: 1px solid var(--hair); margin: 2rem 0; }
      pre { overflow-x: auto; font: 0.8125rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
      pre code { font: inherit; }
      .report-source {
        margin: 1.5rem 0; padding: 0 0 0 0.875rem; border-left: 2px solid var(--hair);
        color: var(--quiet);
      }
      main:has(#report-code:not(:checked)) .report-source { display: none; }
      .report-switch { font-size: 0.875rem; color: var(--quiet); }
      .prose-table { overflow-x: auto; margin: 1.5rem 0; }
      .prose-table table { border-collapse: collapse; border-block: 1px solid var(--rule); }
      .prose-table :is(th, td) {
        padding: 0.25rem 1.5rem 0.25rem 0; text-align: left; vertical-align: baseline;
      }
      .prose-table th { font-weight: normal; color: var(--quiet); border-bottom: 1px solid var(--hair); }
      .report-sources { font-size: 0.9375rem; max-width: 80ch; }
      .report-sources dt { color: var(--quiet); margin-top: 0.75rem; }
      .report-sources dd { margin: 0; }
      .report-hash { overflow-wrap: anywhere; }
      @media (max-width: 40rem) {
        h1 { font-size: 1.5rem; }
        h2 { margin-top: 2.5rem; }
        .report-source { white-space: pre-wrap; overflow-wrap: anywhere; }
      }
      @media print {
        html { font-size: 10pt; }
        main { max-width: none; }
        nav, .report-switch { display: none; }
        h2, h3 { break-after: avoid; }
        .report-source { white-space: pre-wrap; overflow: visible; }
      }

      """
}
