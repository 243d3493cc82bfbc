extension NationalIdentityNumber {
  /// Whether most of some texts are such numbers, also when a leading zero was lost; a random
  /// number is one with a chance of 1 in 121 at most.
  static func areLikely(_ texts: some Collection<String>) -> Bool {
    let sample = texts.prefix(200)
    let count = sample.count { isValid($0.utf8.count == 10 ? "0" + $0 : $0) }
    return sample.count >= 3 && count * 2 > sample.count
  }
}
