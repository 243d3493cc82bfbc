@_exported public import IntegrationParadox
@_exported public import SurveyData
@_exported public import SurveyModels
@_exported public import SurveyNumerics
@_exported public import SurveyReaders
@_exported public import SurveyReports
@_exported public import SurveyStatistics
@_exported public import SurveyTables
