/// When the people of a table come here one by one, and not as cells.
enum PeoplePolicy: String, CaseIterable, Sendable {
  /// Where cells would be nearly as many, or do not tell enough.
  case auto
  /// Never: people stay where they are.
  case cellsOnly = "cells-only"
  /// In each analysis, as from a file; only then are they copied too.
  case always
}
