@_exported public import SurveyData
@_exported public import SurveyTables
