/// One quiet page that stands by itself; what links to files, or has a script, is its body.
public struct HTMLPage: Sendable {
  /// The title of the window.
  public var title: String
  /// The language of the page: `en` or `nb`.
  public var language: String
  /// What stands in the page, as HTML.
  public var body: String

  /// What the page adds to the style sheet.
  public var styles: String

  /// Makes a page.
  public init(title: String, language: String, body: String, styles: String = "") {
    self.title = title
    self.language = language
    self.body = body
    self.styles = styles
  }

  /// The whole page.
  public func html() -> String {
    """
    <!doctype html>
    <html lang="\(language.htmlEscaped)">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(title.htmlEscaped)</title>
    <style>
    \(Self.stylesheet)\(styles)</style>
    </head>
    <body>
    <main>
    \(body)</main>
    </body>
    </html>

    """
  }
}
