/// Numbers that often stand for a missing answer: negative ones, and 7, 8, 9, 97, 98, 99, 777, …
/// above a gap.
enum PossibleMissing {
  /// Those among the numbers of a column that look like it, in order.
  static func codes(among numbers: [Double]) -> [Double] {
    let sorted = numbers.sorted()
    let whole = sorted.allSatisfy { $0 == $0.rounded() }
    guard whole, sorted.count > 1 else { return [] }
    let negative = sorted.filter { $0 < 0 }
    // Negative temperatures and balances are many; negative codes are few.
    let isCoded =
      negative.count <= 9 && (negative.first ?? 0) >= -99 && negative.count < sorted.count
    return (isCoded ? negative : []) + top(of: sorted.filter { $0 >= 0 })
  }

  /// The highest numbers, when they look like missing codes and a gap stands below them.
  private static func top(of numbers: [Double]) -> [Double] {
    var first = numbers.count
    while first > 0, isTypical(numbers[first - 1]) { first -= 1 }
    while first < numbers.count, first > 0, numbers[first] - numbers[first - 1] <= 1 { first += 1 }
    return first == 0 ? [] : Array(numbers[first...])
  }

  /// 6 to 9, and numbers such as 66, 77, 95, 97, 998, 9999.
  private static func isTypical(_ number: Double) -> Bool {
    guard number >= 6, number < 1e8 else { return false }
    let digits = String(Int(number))
    guard let last = digits.last, "56789".contains(last) else { return false }
    return last != "5" && digits.allSatisfy { $0 == last }
      || digits.dropLast().allSatisfy { $0 == "9" }
  }
}
