internal import Glibc
internal import SurveyData
internal import Synchronization

/// The bytes of a file in memory.
///
/// Files below 32 MB are copied, so that a file which somebody shortens meanwhile cannot crash the
/// program; larger ones are mapped. `-` is standard input; it and other pipes are read to their end.
package final class FileBytes: @unchecked Sendable {
  /// The path as the user gave it.
  package let path: String
  /// The bytes; valid as long as this object lives.
  package let bytes: UnsafeRawBufferPointer
  /// The mapped file, kept open to see whether it changes; nil for a copy.
  private var mapped: (descriptor: Int32, modified: timespec)?
  private var identity: Identity?

  /// Files of this size and above are mapped.
  private static let smallestMapped = 32 << 20

  /// Opens a file.
  /// - Throws: ``SurveyError`` of kind input when the file cannot be opened or changes meanwhile.
  package init(_ path: String) throws {
    self.path = path
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path, "cannot be opened") }
    var staysOpen = path == "-"
    defer { if !staysOpen { close(descriptor) } }
    guard let (size, modified) = try Self.state(of: descriptor, path: path) else {
      bytes = try Self.contents(of: descriptor, path: path)
      return
    }
    identity = Identity(descriptor)
    guard size > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    if size >= Self.smallestMapped {
      guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED
      else { throw Self.failure(path, "cannot be mapped") }
      bytes = UnsafeRawBufferPointer(start: start, count: size)
      mapped = (descriptor, modified)
      staysOpen = true
      return
    }
    let memory = try Self.memory(size, for: path)
    bytes = UnsafeRawBufferPointer(memory)
    var filled = 0
    while filled < size {
      let count = Glibc.read(descriptor, memory.baseAddress?.advanced(by: filled), size - filled)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Self.failure(path, "cannot be read") }
      guard count > 0 else { break }
      filled += count
    }
    let isSame = try Self.isSame(descriptor, size, modified, path: path)
    guard filled == size, isSame else { throw Self.change(path) }
  }

  /// Bytes that do not come straight from a file, such as converted text.
  package init(path: String, contents: some Collection<UInt8>) throws {
    self.path = path
    guard !contents.isEmpty else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    let memory = try Self.memory(contents.count, for: path)
    memory.copyBytes(from: contents)
    bytes = UnsafeRawBufferPointer(memory)
  }

  /// Takes bytes that came in pieces, each of which is let go when it is copied.
  package init(path: String, pieces: inout [[UInt8]]) throws {
    self.path = path
    let count = pieces.reduce(0) { $0 + $1.count }
    guard count > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    let memory = try Self.memory(count, for: path)
    var start = 0
    for index in pieces.indices {
      UnsafeMutableRawBufferPointer(rebasing: memory[start...]).copyBytes(from: pieces[index])
      start += pieces[index].count
      pieces[index] = []
    }
    bytes = UnsafeRawBufferPointer(memory)
  }

  /// Makes sure that what was read of a mapped file is what the file held all the time.
  /// - Throws: ``SurveyError`` of kind input when somebody wrote to the file meanwhile.
  package func requireUnchanged() throws {
    guard let mapped else { return }
    let isSame = try Self.isSame(mapped.descriptor, bytes.count, mapped.modified, path: path)
    guard isSame else { throw Self.change(path) }
  }

  deinit {
    if let identity { Self.openFiles.withLock { $0[identity, default: 1] -= 1 } }
    if let mapped { close(mapped.descriptor) }
    if let start = bytes.baseAddress {
      munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
    }
  }

  /// A file's size and when it was changed; nil for a pipe, which has neither.
  private static func state(
    of descriptor: Int32, path: String
  ) throws -> (size: Int, modified: timespec)? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path, "cannot be read") }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return (Int(status.st_size), status.st_mtim)
    case S_IFIFO, S_IFSOCK, S_IFCHR: return nil
    default: throw SurveyError(.input, at: path, "is not a file")
    }
  }

  /// All that comes through a pipe.
  private static func contents(
    of descriptor: Int32, path: String
  ) throws -> UnsafeRawBufferPointer {
    var found: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(path, "cannot be read") }
      guard count > 0 else { break }
      found += piece[..<count]
    }
    guard !found.isEmpty else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    let memory = try memory(found.count, for: path)
    memory.copyBytes(from: found)
    return UnsafeRawBufferPointer(memory)
  }

  private static func isSame(
    _ descriptor: Int32, _ size: Int, _ modified: timespec, path: String
  ) throws -> Bool {
    guard let now = try state(of: descriptor, path: path) else { return false }
    return now.size == size && now.modified.tv_sec == modified.tv_sec
      && now.modified.tv_nsec == modified.tv_nsec
  }

  private static func change(_ path: String) -> SurveyError {
    SurveyError(.input, at: path, "changed while it was read")
  }

  private static func memory(_ size: Int, for path: String) throws -> UnsafeMutableRawBufferPointer
  {
    let start = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let start, start != MAP_FAILED else { throw failure(path, "does not fit in memory") }
    madvise(start, size, MADV_HUGEPAGE)
    return UnsafeMutableRawBufferPointer(start: start, count: size)
  }

  private static func failure(_ path: String, _ problem: String) -> SurveyError {
    SurveyError(.input, at: path, "\(problem): \(String(cString: strerror(errno)))")
  }
}

extension FileBytes {
  /// Which file it is, by whatever name.
  private struct Identity: Hashable {
    let device: UInt64
    let number: UInt64

    init(_ facts: stat) {
      device = UInt64(facts.st_dev)
      number = UInt64(facts.st_ino)
    }

    /// Counts the file as open; nil when nothing is known of it.
    init?(_ descriptor: Int32) {
      var facts = stat()
      guard fstat(descriptor, &facts) == 0 else { return nil }
      self.init(facts)
      FileBytes.openFiles.withLock { [self] in $0[self, default: 0] += 1 }
    }
  }

  /// How often each file is open.
  private static let openFiles = Mutex<[Identity: Int]>([:])

  /// Whether a file is being read.
  static func isOpen(_ facts: stat) -> Bool {
    openFiles.withLock { $0[Identity(facts), default: 0] > 0 }
  }
}
