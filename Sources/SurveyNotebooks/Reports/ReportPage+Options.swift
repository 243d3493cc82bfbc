public import ArgumentParser

/// How the page of a report is made.
struct ReportPageOptions {
  /// Whether the commands can be seen.
  var code = CodeVisibility.hidden
  /// Whether the page has the script that sorts and copies tables; it works without.
  var hasScript = true
  /// Where a file of the report is, as the page names it.
  var address: (String) -> String? = { $0 }
}

/// Whether a page shows the commands of its cells.
public enum CodeVisibility: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// At once; a check-box hides them.
  case shown
  /// When somebody asks for them by the check-box.
  case hidden
  /// Never: they are not in the page.
  case none
}

extension ReportPage {
  /// Sorts and copies tables; nothing of it is needed to read the page.
  ///
  /// A column that is clicked sorts down, then up, then as it was, each part of a table for itself.
  static let script = """
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
}

extension String {
  /// The text as an address that holds it, for a page that is one file.
  func dataAddress(_ type: String) -> String {
    let plain = Set(
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*()".utf8)
    var out = "data:\(type);charset=utf-8,"
    let digits = Array("0123456789ABCDEF")
    for byte in utf8 {
      if plain.contains(byte) {
        out.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        out += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
    return out
  }
}
