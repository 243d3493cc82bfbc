internal import Glibc
internal import SurveyData

/// A file that appears whole or not at all: written beside its place, then moved there.
public struct OutputFile {
  /// Writes bytes to a path.
  /// - Throws: ``SurveyError`` of kind output.
  public static func write(_ bytes: some Collection<UInt8>, to path: String) throws {
    let temporary = "\(path).\(getpid()).part"
    guard let file = fopen(temporary, "wb") else { throw failure(path) }
    let size = bytes.count
    let direct = bytes.withContiguousStorageIfAvailable { fwrite($0.baseAddress, 1, size, file) }
    let written = direct ?? Array(bytes).withUnsafeBytes { fwrite($0.baseAddress, 1, size, file) }
    let closed = fclose(file)
    guard written == size, closed == 0, rename(temporary, path) == 0 else {
      let error = failure(path)
      unlink(temporary)
      throw error
    }
  }

  private static func failure(_ path: String) -> SurveyError {
    SurveyError(.output, at: path, "cannot be written: \(String(cString: strerror(errno)))")
  }
}
