internal import SurveyData

/// The checked keys of a mapping.
struct RecipeFields {
  let place: String
  let nodes: [String: RecipeNode]

  subscript(key: String) -> RecipeNode? { nodes[key] }

  func required(_ key: String) throws -> RecipeNode {
    guard let node = nodes[key] else {
      throw SurveyError(.data, at: place, "'\(key)' is missing here")
    }
    return node
  }
}
