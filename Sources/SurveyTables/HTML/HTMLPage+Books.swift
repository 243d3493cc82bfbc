extension HTMLPage {
  /// Sorts and copies tables; nothing of it is needed to read the page.
  ///
  /// A column that is clicked sorts down, then up, then as it was, each part of a table for itself.
  public static let script = """
    document.querySelectorAll(".vekt-table").forEach(t=>{
    const s=t.querySelector("table"),h=s.tHead&&s.tHead.rows[s.tHead.rows.length-1];
    const v=c=>{const x=c.innerText.replace(/[\\s\\u202f\\u00a0]/g,"").replace(/\\u2212/g,"-")
    .replace(",",".");const m=x.match(/^[<>]?(-?\\+?[\\d.]+)/);return m?+m[1]:NaN};
    if(h)[...h.cells].forEach((c,i)=>{if(!i||!c.innerText.trim())return;
    const b=document.createElement("button");b.className="report-sort";b.append(...c.childNodes);
    c.append(b);b.onclick=()=>{const o=c.getAttribute("aria-sort"),
    n=o=="descending"?"ascending":o=="ascending"?null:"descending";
    [...h.cells].forEach(k=>k.removeAttribute("aria-sort"));if(n)c.setAttribute("aria-sort",n);
    for(const d of s.tBodies){const r=[...d.rows];r.forEach((k,j)=>k.dataset.n??=j);
    const w=r.filter(k=>k.cells.length>i);w.sort((a,z)=>{if(!n)return a.dataset.n-z.dataset.n;
    const p=v(a.cells[i]),q=v(z.cells[i]),e=isNaN(p)||isNaN(q)
    ?a.cells[i].innerText.localeCompare(z.cells[i].innerText):p-q;return n=="ascending"?e:-e});
    w.forEach(k=>d.append(k))}}});
    const f=t.nextElementSibling;if(!f||!f.classList.contains("report-files"))return;
    const b=document.createElement("button");b.className="report-copy";b.textContent=f.dataset.copy;
    b.onclick=()=>{const x=[...s.rows].map(r=>[...r.cells].flatMap(c=>
    [c.innerText.replace(/\\s+/g," ").trim(),...Array(c.colSpan-1).fill("")]).join("\\t")).join("\\n");
    const a=document.createElement("textarea");a.value=x;document.body.append(a);a.select();
    document.execCommand("copy");a.remove();b.textContent=f.dataset.copied};
    f.append(" · ",b)});

    """

  /// What a page of many tables adds to the style sheet.
  public static let bookRules = """
    .report-files { margin: -1.5rem 0 2.5rem; font-size: 0.8125rem; color: var(--quiet); max-width: none; }
    .vekt-figure + .report-files { margin-top: -1.75rem; }
    .report-copy, .report-sort {
      font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer;
      text-align: inherit;
    }
    .report-copy { color: var(--link); text-decoration: underline; }
    .report-sort:is(:hover, :focus-visible) { text-decoration: underline; }
    [aria-sort="descending"] .report-sort::after { content: " \\2193"; }
    [aria-sort="ascending"] .report-sort::after { content: " \\2191"; }
    .report-tables { margin: 0 0 2.5rem; font-size: 0.9375rem; }
    .report-tables summary { cursor: pointer; }
    .report-tables table { border-collapse: collapse; margin-top: 0.5rem; }
    .report-tables :is(th, td) { padding: 0.1rem 1rem 0.1rem 0; font-weight: normal; text-align: left; }
    .report-tables td { text-align: right; font-variant-numeric: tabular-nums; color: var(--quiet); }
    .report-tables thead th:nth-child(3) { text-align: right; }
    .report-tables a { text-decoration: none; }
    @page { size: A4; margin: 16mm 14mm; @bottom-right { content: counter(page) " / " counter(pages); } }
    @media print {
      .report-files, .report-tables summary { display: none; }
      .report-tables::details-content { content-visibility: visible; }
      .report-tables td:last-child { display: none; }
      .vekt-table { break-inside: avoid; }
      a { text-decoration: none; }
    }

    """
}
