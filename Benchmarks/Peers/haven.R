# Times R's haven on the files in the folder named: one line of JSON a measurement.
ok <- suppressWarnings(suppressMessages(require(haven, quietly = TRUE)))
if (!ok) quit(status = 1)
folder <- commandArgs(trailingOnly = TRUE)[1]
at <- function(name) file.path(folder, name)
say <- function(name, body) {
  t <- sapply(1:3, function(run) system.time(body())[c("elapsed", "user.self", "sys.self")])
  cat(sprintf('{"name": "%s haven", "wall": %f, "cpu": %f}\n', name, median(t[1, ]), median(t[2, ] + t[3, ])))
}
say("csv to sav", function() write_sav(read.csv(at("respondents.csv")), at("copy.sav")))
if (file.exists(at("respondents.dta")))
  say("dta to sav", function() write_sav(read_dta(at("respondents.dta")), at("copy.sav")))
if (file.exists(at("respondents.sav")))
  say("sav to dta", function() write_dta(read_sav(at("respondents.sav")), at("copy.dta")))
