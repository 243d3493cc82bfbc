import Foundation
public import SurveyData

extension Golden {
  /// Five imputed copies of the golden sample, as the first line of
  /// `SurveyModelsTests/Reference/imputations.csv` describes them.
  public static func imputations() throws -> [Dataset] {
    let data = try dataset()
    let names = ["id", "stratum", "psu", "w", "sex", "g", "y", "z", "xm"]
    let golden = try Dictionary(
      uniqueKeysWithValues: names.map { ($0, try data.numeric($0).values) })
    func column(_ name: String) -> [Double] { golden[name] ?? [] }
    let id = column("id")
    return (1...5).map { k in
      var (y, z, xm) = (column("y"), column("z"), column("xm"))
      for row in id.indices {
        let number = Int(id[row])
        if xm[row].isNaN { xm[row] = sin(id[row] * (Double(k) + 0.5)) + 0.3 * z[row] }
        guard number % 7 == 0 else { continue }
        y[row] = Double(1 + (number * (k + 2) + k * k) % 4)
        z[row] = (number + k) % 3 == 0 ? 1 : 0
      }
      let imputed = ["y": y, "z": z, "xm": xm]
      return Dataset(
        MemorySource(
          names.map { name in
            let values = imputed[name] ?? column(name)
            return (name, .numbers(NumericColumn(values: values, missing: [.system])))
          }))
    }
  }
}
