import Foundation

/// What a run took.
struct Timing: Codable {
  var wall: Double
  var cpu: Double
  /// The largest resident set of a process, in MiB; nil within our own.
  var peakMiB: Double?
}

/// Times closures and processes; every figure is a median.
enum Stopwatch {
  /// The median of several runs of a closure in this process.
  static func closure(runs: Int = 9, _ body: () throws -> Void) rethrows -> Timing {
    try body()
    let timings = try (0..<runs).map { _ -> Timing in
      let (start, before) = (ContinuousClock.now, usage())
      try body()
      let wall = ContinuousClock.now - start
      return Timing(
        wall: Double(wall.components.attoseconds) / 1e18 + Double(wall.components.seconds),
        cpu: usage() - before, peakMiB: nil)
    }
    return median(timings)
  }

  /// The median of several runs of a program with its output thrown away; nil when it fails.
  static func process(runs: Int = 5, _ words: [String]) -> Timing? {
    var timings: [Timing] = []
    for run in 0...runs {
      guard let timing = once(words) else { return nil }
      if run > 0 { timings.append(timing) }
    }
    return median(timings)
  }

  private static func once(_ words: [String]) -> Timing? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var child: pid_t = 0
    let start = ContinuousClock.now
    guard posix_spawnp(&child, words[0], &actions, nil, &arguments, environ) == 0 else {
      return nil
    }
    var status: Int32 = 0
    var used = rusage()
    guard wait4(child, &status, 0, &used) == child, status == 0 else { return nil }
    let wall = ContinuousClock.now - start
    return Timing(
      wall: Double(wall.components.attoseconds) / 1e18 + Double(wall.components.seconds),
      cpu: seconds(used), peakMiB: Double(used.ru_maxrss) / 1024)
  }

  private static func median(_ timings: [Timing]) -> Timing {
    func middle(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
    let peaks = timings.compactMap(\.peakMiB)
    return Timing(
      wall: middle(timings.map(\.wall)), cpu: middle(timings.map(\.cpu)),
      peakMiB: peaks.isEmpty ? nil : middle(peaks))
  }

  /// The most memory that this process held, in MiB.
  static var peakMiB: Int {
    var used = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &used)
    return Int(used.ru_maxrss) / 1024
  }

  private static func usage() -> Double {
    var used = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &used)
    return seconds(used)
  }

  private static func seconds(_ used: rusage) -> Double {
    Double(used.ru_utime.tv_sec + used.ru_stime.tv_sec)
      + Double(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6
  }
}
