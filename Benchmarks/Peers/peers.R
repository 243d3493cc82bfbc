# Times R's survey on the file in the folder named: one line of JSON a measurement.
ok <- suppressWarnings(suppressMessages(require(survey, quietly = TRUE)))
if (!ok) quit(status = 1)
folder <- commandArgs(trailingOnly = TRUE)[1]
d <- read.csv(file.path(folder, "respondents.csv"))[, c("stratum", "psu", "w", "g", "y", "x", "q0", "q1")]
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
totals <- read.csv(file.path(folder, "totals.csv"))
margins <- lapply(c("y", "g", "q0", "q1"), function(v)
  setNames(totals[totals$variable == v, c("category", "total")], c(v, "Freq")))
say("rake", rake(des, list(~y, ~g, ~q0, ~q1), margins, control = list(maxit = 100, epsilon = 1e-9)))
des <- update(des, type = interaction(y <= 2, q0 <= 2))
say("discordance", { svyby(~type, ~gf, des, svymean, covmat = TRUE); svymean(~type, des); svychisq(~type + gf, des) })
d <- head(d, 200000)
unit <- (d$stratum - 1) * 40 + d$psu
all <- sapply(1:80, function(r) d$w * (unit * (r + 3) * 7919) %% 101 / 50)
des <- svrepdesign(weights = ~w, repweights = all, data = d, type = "bootstrap", combined.weights = TRUE,
  scale = 1 / 79, rscales = rep(1, 80), degf = 79)
say("replicated shares", svyby(~yf, ~gf, des, svymean, covmat = TRUE))
say("replicated means", svyby(~x, ~gf, des, svymean, covmat = TRUE))
names(d)[names(d) == "g"] <- "group"
des$variables <- d
say("replicated logit", svyglm(I(y <= 2) ~ x + gf, des, family = quasibinomial()))
