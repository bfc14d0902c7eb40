import ByteReading
import CLibCrypto

/// The parts of the page that are the same for every capture: files of the folder Page, held by the command itself.
///
/// The content security policy names the style sheet and the program by their hashes (Content Security Policy Level 3
/// section 2.3.1) and allows nothing else: no captured text can become a program or fetch anything, whatever else may
/// go wrong.
enum PageContent {
  /// The style sheet.
  static let style = PackageResources.page_css
  /// The program, in the order in which its parts build on each other.
  static let program =
    PackageResources.elements_js + PackageResources.report_js + PackageResources.tables_js + PackageResources.charts_js
    + PackageResources.network_js + PackageResources.ladder_js
    + PackageResources.media_js + PackageResources.views_js + PackageResources.start_js

  /// Everything before the data. `title` is text.
  static func head(title: String) -> [UInt8] {
    var bytes = Array(
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src \(hash(of: style)); \
      script-src \(hash(of: program)); base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <meta name="color-scheme" content="light dark">
      <title>\(escaped(TerminalText.harmless(title)))</title>
      <style>
      """.utf8)
    bytes += style
    bytes += Array("</style>\n</head>\n<body>\n".utf8)
    bytes += PackageResources.page_html
    return bytes
  }

  /// Everything behind the data.
  static func tail() -> [UInt8] {
    Array("<script>".utf8) + program + Array("</script>\n</body>\n</html>\n".utf8)
  }

  /// Text as the content of an element (HTML section 13.1.3).
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }

  /// A source expression that allows exactly these bytes.
  private static func hash(of bytes: [UInt8]) -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    _ = unsafe digest.withUnsafeMutableBufferPointer { digest in
      unsafe bytes.withUnsafeBytes {
        unsafe EVP_Digest($0.baseAddress, $0.count, digest.baseAddress, nil, EVP_sha256(), nil)
      }
    }
    var text: [UInt8] = []
    Base64.append(digest, to: &text)
    return "'sha256-" + String(decoding: text, as: UTF8.self) + "'"
  }
}
