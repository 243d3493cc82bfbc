import SurveyTables
import Testing

@Suite struct MarkupTests {
  @Test func `Markdown has pipe tables that read well as they are`() {
    #expect(
      Document(command: "x", tables: [Samples.trust, Samples.model], notes: ["A note."]).markdown()
        .plain == #"""
          **Can most people be trusted?**, weighted %, 95 % interval

          |                                   | most people can be trusted | can't be too careful |     n |
          | :-------------------------------- | -------------------------: | -------------------: | ----: |
          | Immigrants, country group 1       |                 80 (77–83) |           20 (17–23) |   803 |
          | Immigrants, country group 2       |                 48 (45–51) |           52 (49–55) | 1 214 |
          | Immigrants, country group 3       |                58ᵃ (40–74) |           42 (26–60) |    43 |
          | Norwegian-born, immigrant parents |                          : |                    : |     9 |
          | No immigrant background           |                 94 (91–96) |              6 (4–9) | 1 102 |
          | **All**                           |                 66 (64–68) |           34 (32–36) | 5 680 |

          ᵃ wide interval: read with caution\
          Question: “Generally speaking, would you say that most people can be trusted …?”\
          Row percentages of those who answered. Rows read 6 000: 5 680 counted, 214 don't know, 106 refused.\
          Design: stratified, 20 strata, element sample; weight 'weight'; logit intervals, df 5 980.

          **Discriminated against, ever: logistic regression**, odds ratio, 95 % interval

          |                                              |                    |           |
          | :------------------------------------------- | -----------------: | --------: |
          | **Education** (reference: compulsory school) |                    |           |
          |  upper secondary                             |   1.21 (0.98–1.49) |    p 0.08 |
          |  university                                  |   1.64 (1.31–2.05) | p < 0.001 |
          | Age, decades                                 | 10.40 (9.31–12.05) |   p 0.011 |

          n 4 912 · 20 strata · df 4 887

          A note.

          """#)
  }

  @Test func `Markdown sets words and bars from the left`() {
    #expect(
      Samples.listing.markdown().plain == #"""
        **everyday.csv**, 6 000 rows, 40 columns

        | variable      | label                                                    | type        | answered | missing                     |        | most frequent    |
        | :------------ | :------------------------------------------------------- | :---------- | -------: | :-------------------------- | :----- | :--------------- |
        | general_trust | Can most people be trusted, or can't one be too careful? | categorical |    5 680 | 214 don't know, 106 refused | █████▎ | yes 66 %         |
        | age           | Age at the interview                                     | number      |    6 000 |                             | ▎      | 16–98, mean 41.3 |

        """#)
  }

  @Test func `HTML breaks no range of numbers`() {
    var table = Samples.trust
    table.columns[0].heading = "18-24"
    let page = table.html(id: "t").plain
    #expect(page.contains("style=\"white-space: nowrap\">18-24</th>"))
    #expect(!page.contains("nowrap\">n</th>"))
  }

  @Test func `HTML names the hidden cell and links notes both ways`() {
    #expect(
      Samples.trust.html(Style(language: "nb"), id: "t").plain == #"""
        <div class="vekt-table" lang="nb">
        <div class="vekt-frame" role="region" aria-labelledby="t-caption" tabindex="0">
        <table id="t">
        <caption id="t-caption"><span class="vekt-title">Can most people be trusted?</span> <span class="vekt-unit">weighted %, 95 % interval</span></caption>
        <thead>
        <tr><td></td><th scope="col">most people can be trusted</th><th scope="col">can&#39;t be too careful</th><th scope="col">n</th></tr>
        </thead>
        <tbody>
        <tr><th scope="row">Immigrants, country group 1</th><td>80<span class="vekt-tail" style="min-width:7.7ch"> (77–83)</span></td><td>20<span class="vekt-tail" style="min-width:7.0ch"> (17–23)</span></td><td>803</td></tr>
        <tr><th scope="row">Immigrants, country group 2</th><td>48<span class="vekt-tail" style="min-width:7.7ch"> (45–51)</span></td><td>52<span class="vekt-tail" style="min-width:7.0ch"> (49–55)</span></td><td>1 214</td></tr>
        <tr><th scope="row">Immigrants, country group 3</th><td>58<span class="vekt-tail" style="min-width:7.7ch"><sup><a href="#t-note-a" id="t-mark-a">a</a></sup> (40–74)</span></td><td>42<span class="vekt-tail" style="min-width:7.0ch"> (26–60)</span></td><td>43</td></tr>
        <tr><th scope="row">Norwegian-born, immigrant parents</th><td>:<span class="vekt-spoken"> skjult</span><span class="vekt-tail" style="min-width:7.7ch"></span></td><td>:<span class="vekt-spoken"> skjult</span><span class="vekt-tail" style="min-width:7.0ch"></span></td><td>9</td></tr>
        <tr><th scope="row">No immigrant background</th><td>94<span class="vekt-tail" style="min-width:7.7ch"> (91–96)</span></td><td>6<span class="vekt-tail" style="min-width:7.0ch"> (4–9)</span></td><td>1 102</td></tr>
        </tbody>
        <tbody class="vekt-total">
        <tr><th scope="row">All</th><td>66<span class="vekt-tail" style="min-width:7.7ch"> (64–68)</span></td><td>34<span class="vekt-tail" style="min-width:7.0ch"> (32–36)</span></td><td>5 680</td></tr>
        </tbody>
        </table>
        </div>
        <div class="vekt-notes">
        <p id="t-note-a"><sup>a</sup> wide interval: read with caution <a href="#t-mark-a" aria-label="tilbake til tabellen">↩︎</a></p>
        <p>Question: “Generally speaking, would you say that most people can be trusted …?”</p>
        <p>Row percentages of those who answered. Rows read 6 000: 5 680 counted, 214 don&#39;t know, 106 refused.</p>
        <p>Design: stratified, 20 strata, element sample; weight &#39;weight&#39;; logit intervals, df 5 980.</p>
        </div>
        </div>

        """#)
  }

  @Test func `an HTML heading spans its rows`() {
    #expect(
      Samples.model.html(id: "m").plain == #"""
        <div class="vekt-table" lang="en">
        <div class="vekt-frame" role="region" aria-labelledby="m-caption" tabindex="0">
        <table id="m">
        <caption id="m-caption"><span class="vekt-title">Discriminated against, ever: logistic regression</span> <span class="vekt-unit">odds ratio, 95 % interval</span></caption>
        <tbody>
        <tr class="vekt-heading"><th scope="rowgroup" colspan="3">Education <span class="vekt-unit">(reference: compulsory school)</span></th></tr>
        <tr><th scope="row" class="vekt-indent-1">upper secondary</th><td>1<span class="vekt-tail" style="min-width:13.9ch">.21 (0.98–1.49)</span></td><td>p 0<span class="vekt-tail" style="min-width:3.7ch">.08</span></td></tr>
        <tr><th scope="row" class="vekt-indent-1">university</th><td>1<span class="vekt-tail" style="min-width:13.9ch">.64 (1.31–2.05)</span></td><td>p &lt; 0<span class="vekt-tail" style="min-width:3.7ch">.001</span></td></tr>
        <tr><th scope="row">Age, decades</th><td>10<span class="vekt-tail" style="min-width:13.9ch">.40 (9.31–12.05)</span></td><td>p 0<span class="vekt-tail" style="min-width:3.7ch">.011</span></td></tr>
        </tbody>
        </table>
        </div>
        <div class="vekt-notes">
        <p>n 4 912 · 20 strata · df 4 887</p>
        </div>
        </div>

        """#)
  }

  @Test func `HTML cells under two levels of headings name them`() {
    #expect(
      Samples.crossed.html(id: "g").plain == #"""
        <div class="vekt-table" lang="en">
        <div class="vekt-frame" role="region" aria-labelledby="g-caption" tabindex="0">
        <table id="g">
        <caption id="g-caption"><span class="vekt-title">Life satisfaction</span> <span class="vekt-unit">mean</span></caption>
        <thead>
        <tr><td></td><th scope="colgroup" colspan="2" id="g-g1" class="vekt-group"><span>Women</span></th><th scope="col" id="g-g2" class="vekt-group"><span>Men in paid work or in education</span></th><td></td><td></td></tr>
        <tr><th scope="col" class="vekt-words">region</th><th scope="col" id="g-c1">young</th><th scope="col" id="g-c2">old</th><th scope="col" id="g-c3">young</th><th scope="col" id="g-c4">sum</th><th scope="col" id="g-c5">n</th></tr>
        </thead>
        <tbody>
        <tr><th scope="row" id="g-r1">east</th><td headers="g-g1 g-c1 g-r1">7<span class="vekt-tail" style="min-width:3.2ch">.3<sup><a href="#g-note-a" id="g-mark-a">a</a> <a href="#g-note-b" id="g-mark-b">b</a></sup></span></td><td headers="g-g1 g-c2 g-r1">10.0</td><td headers="g-g2 g-c3 g-r1">6<span class="vekt-tail" style="min-width:1.7ch">.5</span></td><td headers="g-c4 g-r1">1 235<span class="vekt-tail" style="min-width:5.7ch"></span></td><td headers="g-c5 g-r1">99</td></tr>
        <tr><th scope="row" id="g-r2">west</th><td headers="g-g1 g-c1 g-r2">–<span class="vekt-tail" style="min-width:3.2ch"></span></td><td headers="g-g1 g-c2 g-r2"></td><td headers="g-g2 g-c3 g-r2">:<span class="vekt-spoken"> hidden</span><span class="vekt-tail" style="min-width:1.7ch"></span></td><td headers="g-c4 g-r2">−0<span class="vekt-tail" style="min-width:5.7ch">.00123</span></td><td headers="g-c5 g-r2">few</td></tr>
        </tbody>
        </table>
        </div>
        <div class="vekt-notes">
        <p id="g-note-a"><sup>a</sup> few <a href="#g-mark-a" aria-label="back to the table">↩︎</a></p>
        <p id="g-note-b"><sup>b</sup> wide <a href="#g-mark-b" aria-label="back to the table">↩︎</a></p>
        </div>
        </div>

        """#)
  }

  @Test func `LaTeX aligns numbers by siunitx and keeps intervals beside them`() {
    #expect(
      Document(command: "x", tables: [Samples.trust], notes: ["A note."]).latex(
        Style(language: "nb")
      ).plain == #"""
        % needs \usepackage{booktabs, threeparttable, siunitx}
        \begin{table}
        \centering
        \small\setlength{\tabcolsep}{3pt}
        \sisetup{output-decimal-marker={,}, group-digits=integer, group-minimum-digits=4, group-separator={\,}, retain-explicit-plus}
        \begin{threeparttable}
        \caption{Can most people be trusted? (weighted \%, 95~\% interval)}
        \begin{tabular}{>{\raggedright\hangafter=1\hangindent=1em}p{15em} S[table-format=2.0]@{\,}l S[table-format=2.0]@{\,}l S[table-format=4.0]}
        \toprule
         & \multicolumn{2}{c}{\shortstack[c]{most people can be\\trusted}} & \multicolumn{2}{c}{can't be too careful} & {n} \\
        \midrule
        Immigrants, country group 1 & 80 & (77--83) & 20 & (17--23) & 803 \\
        Immigrants, country group 2 & 48 & (45--51) & 52 & (49--55) & 1214 \\
        Immigrants, country group 3 & 58 & \tnote{a} (40--74) & 42 & (26--60) & 43 \\
        Norwegian-born, immigrant parents & {:} &  & {:} &  & 9 \\
        No immigrant background & 94 & (91--96) & 6 & (4--9) & 1102 \\
        \midrule
        All & 66 & (64--68) & 34 & (32--36) & 5680 \\
        \bottomrule
        \end{tabular}
        \begin{tablenotes}[flushleft]
        \footnotesize
        \item[a] wide interval: read with caution
        \item Question: “Generally speaking, would you say that most people can be trusted …?”
        \item Row percentages of those who answered. Rows read 6\,000: 5\,680 counted, 214 don't know, 106 refused.
        \item Design: stratified, 20 strata, element sample; weight 'weight'; logit intervals, df 5\,980.
        \end{tablenotes}
        \end{threeparttable}
        \end{table}

        A note.

        """#)
  }

  @Test func `LaTeX has headings within the table`() {
    #expect(
      Samples.model.latex().plain == #"""
        \begin{table}
        \centering
        \sisetup{output-decimal-marker=., group-digits=integer, group-minimum-digits=4, group-separator={\,}, retain-explicit-plus}
        \begin{threeparttable}
        \caption{Discriminated against, ever: logistic regression (odds ratio, 95~\% interval)}
        \begin{tabular}{l S[table-format=2.2]@{\,}l r}
        \toprule
        \multicolumn{4}{l}{\textbf{Education} (reference: compulsory school)} \\
        \hspace{1em}upper secondary & 1.21 & (0.98--1.49) & p~0.08 \\
        \hspace{1em}university & 1.64 & (1.31--2.05) & p~\textless{}~0.001 \\
        Age, decades & 10.40 & (9.31--12.05) & p~0.011 \\
        \bottomrule
        \end{tabular}
        \begin{tablenotes}[flushleft]
        \footnotesize
        \item n 4\,912 · 20 strata · df 4\,887
        \end{tablenotes}
        \end{threeparttable}
        \end{table}

        """#)
  }

  @Test func `LaTeX braces what is no number and stacks long headings`() {
    #expect(
      Samples.crossed.latex().plain == #"""
        \begin{table}
        \centering
        \sisetup{output-decimal-marker=., group-digits=integer, group-minimum-digits=4, group-separator={\,}, retain-explicit-plus}
        \begin{threeparttable}
        \caption{Life satisfaction (mean)}
        \begin{tabular}{l S[table-format=1.1]@{\,}l S[table-format=2.1] S[table-format=1.1] S[table-format=-4.5] S[table-format=2.0]}
        \toprule
         & \multicolumn{3}{c}{Women} & \multicolumn{1}{c}{\shortstack[c]{Men in paid work\\or in education}} & \multicolumn{1}{c}{} & \multicolumn{1}{c}{} \\
        \cmidrule(lr){2-4} \cmidrule(lr){5-5}
        region & \multicolumn{2}{c}{young} & {old} & {young} & {sum} & {n} \\
        \midrule
        east & 7.3 & \tnote{ab} & 10.0 & 6.5 & 1235 & 99 \\
        west & {--} &  &  & {:} & -0.00123 & {few} \\
        \bottomrule
        \end{tabular}
        \begin{tablenotes}[flushleft]
        \footnotesize
        \item[a] few
        \item[b] wide
        \end{tablenotes}
        \end{threeparttable}
        \end{table}

        """#)
  }
}
