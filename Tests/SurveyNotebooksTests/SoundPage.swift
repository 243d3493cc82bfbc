import Testing

/// Elements are closed in order, ids are unique, and links and header references lead somewhere.
func expectSound(_ page: String) throws {
  let alone: Set<Substring> = ["meta", "br", "hr", "!doctype"]
  var open: [Substring] = []
  var ids: Set<Substring> = []
  var targets: [Substring] = []
  for tag in page.matches(of: /<(\/?)([a-z!][a-z0-9]*)([^>]*)>/)
  where !alone.contains(tag.2) && !tag.3.hasSuffix("/") {
    if tag.1.isEmpty { open.append(tag.2) } else { #expect(open.popLast() == tag.2) }
    for attribute in tag.3.matches(of: /([a-z-]+)="([^"]*)"/) {
      let words = attribute.2.split(separator: " ")
      switch attribute.1 {
      case "id": #expect(ids.insert(attribute.2).inserted, "the id \(attribute.2) is there twice")
      case "headers", "aria-labelledby": targets += words
      case "href" where attribute.2.hasPrefix("#"): targets.append(attribute.2.dropFirst())
      default: break
      }
    }
  }
  #expect(open.isEmpty)
  for target in targets { #expect(ids.contains(target), "\(target) leads nowhere") }
}
