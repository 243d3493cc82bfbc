# Times R's survey on the file in the folder named: one line of JSON a measurement.
ok <- suppressWarnings(suppressMessages(require(survey, quietly = TRUE)))
if (!ok) quit(status = 1)
folder <- commandArgs(trailingOnly = TRUE)[1]
d <- read.csv(file.path(folder, "respondents.csv"))[, c("stratum", "psu", "w", "g", "y", "x", "q0")]
d$yf <- factor(d$y); d$gf <- factor(d$g)
des <- svydesign(ids = ~psu, strata = ~stratum, weights = ~w, data = d, nest = TRUE)
say <- function(name, e) {
  t <- system.time(e)
  cat(sprintf('{"name": "%s R survey", "wall": %f, "cpu": %f}\n', name, t[["elapsed"]], t[["user.self"]] + t[["sys.self"]]))
}
say("shares", { svyby(~yf, ~gf, des, svymean, covmat = TRUE); svychisq(~yf + gf, des) })
say("means", svyby(~x, ~gf, des, svymean, covmat = TRUE))
say("logit of categories", svyglm(I(y <= 2) ~ gf, des, family = quasibinomial()))
say("logit", svyglm(I(y <= 2) ~ x + gf, des, family = quasibinomial()))
say("gradient", {
  svyby(~I(y <= 2), ~gf, des, svymean, covmat = TRUE)
  svyglm(I(y <= 2) ~ gf, des, family = quasibinomial()); svyglm(I(y <= 2) ~ g, des, family = quasibinomial())
})
des <- update(des, type = interaction(y <= 2, q0 <= 2))
say("discordance", { svyby(~type, ~gf, des, svymean, covmat = TRUE); svymean(~type, des); svychisq(~type + gf, des) })
