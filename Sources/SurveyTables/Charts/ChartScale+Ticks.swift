extension ChartScale {
  /// The scale with the most ticks whose words fit beside each other.
  ///
  /// - Parameters:
  ///   - room: From where to where the words may reach.
  ///   - words: The words of a tick.
  ///   - make: The scale with about so many ticks.
  static func fitting(
    most: Int = 6, room: ClosedRange<Double>, words: (Double, ChartScale) -> String,
    make: (Int) -> ChartScale
  ) -> ChartScale {
    for count in stride(from: most, to: 1, by: -1) {
      let scale = make(count)
      if scale.labels(within: room, words).count == scale.ticks.count { return scale }
    }
    return make(1)
  }

  /// The words of the ticks, moved into the room, without those that would touch the one before.
  func labels(
    within room: ClosedRange<Double>, _ words: (Double, ChartScale) -> String
  ) -> [(words: String, x: Double)] {
    var free = -Double.infinity
    return ticks.compactMap { tick in
      let text = words(tick, self)
      let half = SVGDrawing.width(of: text, .small) / 2
      let x = min(max(place(tick), room.lowerBound + half), max(room.upperBound - half, half))
      guard x - half > free else { return nil }
      free = x + half + 8
      return (text, x)
    }
  }
}
