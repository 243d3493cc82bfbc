extension Dataset {
  /// The same answers with the codes behind labels that several codes of a variable have, so that
  /// tables and messages tell them apart; what is written to files keeps the labels as they are.
  package var tellingLabelsApart: Dataset {
    var changed = codebook
    var isChanged = false
    func tellApart(_ variable: inout Variable) {
      let categories = variable.categories.toldApart
      guard categories != variable.categories else { return }
      variable.categories = categories
      isChanged = true
    }
    changed.variables += undescribed.filter { $0.categories.toldApart != $0.categories }
    for index in changed.variables.indices { tellApart(&changed.variables[index]) }
    for index in changed.derived.indices { tellApart(&changed.derived[index].variable) }
    return isChanged ? Dataset(source, codebook: changed) : self
  }
}
