"""Times polars, duckdb, pyreadstat and svy on the files in the folder named: one line of JSON a measurement."""
import json, os, statistics, sys, time

folder = sys.argv[1]
csv = os.path.join(folder, "respondents.csv")
four = ["g", "y", "w", "psu"]


def say(name, body, runs=5):
    walls, cpus = [], []
    for run in range(runs + 1):
        wall, cpu = time.perf_counter(), time.process_time()
        body()
        if run or runs == 0:
            walls.append(time.perf_counter() - wall)
            cpus.append(time.process_time() - cpu)
    print(json.dumps({"name": name, "wall": statistics.median(walls), "cpu": statistics.median(cpus)}), flush=True)


def skipped(name, error):
    print(f"{name}: skipped ({type(error).__name__}: {str(error).splitlines()[0][:80] if str(error) else ''})", flush=True)


try:
    import polars as pl

    say("csv 4 of 20 polars", lambda: pl.scan_csv(csv).select(four).collect())
    say("csv all polars", lambda: pl.read_csv(csv))
    say("group-by polars", lambda: pl.scan_csv(csv).group_by(["g", "y"]).agg(pl.col("w").sum()).collect())
except Exception as error:
    skipped("polars", error)
try:
    import polars as pl

    # As Vekt's processes, each counts from the file every time.
    def counts(path):
        data = pl.read_csv(path)
        return data.select(pl.all().n_unique()), [data[name].value_counts() for name in data.columns]

    say("value counts polars", lambda: counts(csv))
    say("value counts of decimals polars", lambda: counts(os.path.join(folder, "decimals.csv")))
except Exception as error:
    skipped("polars", error)
try:
    import duckdb

    say("csv 4 of 20 duckdb", lambda: duckdb.sql(f"select g, y, w, psu from '{csv}'").fetchnumpy())
except Exception as error:
    skipped("duckdb", error)
try:
    import pyreadstat

    for ending, read in (("sav", pyreadstat.read_sav), ("dta", pyreadstat.read_dta)):
        path = os.path.join(folder, "respondents." + ending)
        if os.path.exists(path):
            say(f"{ending} 4 of 20 pyreadstat", lambda: read(path, usecols=four), 3)
except Exception as error:
    skipped("pyreadstat", error)
try:
    import pandas as pd
    import pyreadstat

    sav, dta, copy = (os.path.join(folder, name) for name in ("respondents.sav", "respondents.dta", "copy."))
    say("csv to sav pyreadstat", lambda: pyreadstat.write_sav(pd.read_csv(csv), copy + "sav", compress=True), 3)
    if os.path.exists(dta):
        say("dta to sav pyreadstat", lambda: pyreadstat.write_sav(pyreadstat.read_dta(dta)[0], copy + "sav", compress=True), 3)
    if os.path.exists(sav):
        say("sav to dta pyreadstat", lambda: pyreadstat.write_dta(pyreadstat.read_sav(sav)[0], copy + "dta"), 3)
except Exception as error:
    skipped("pyreadstat", error)
try:
    import polars as pl
    import svy

    data = pl.read_csv(csv, columns=["stratum", "psu", "w", "g", "y", "x", "q0", "q1"]).with_columns(
        (pl.col("y") <= 2).cast(pl.Int64).alias("low"), pl.col("g", "q0", "q1").cast(pl.String),
        pl.col("y").cast(pl.String))
    sample = svy.Sample(data=data, design=svy.Design(stratum="stratum", psu="psu", wgt="w"))

    def shares():
        sample.estimation.prop("y", by="g")
        sample.categorical.tabulate("y", "g")

    say("shares svy", shares, 3)
    for name, x in (
        ("logit svy", ["x", svy.Cat("g")]),
        ("logit of categories svy", [svy.Cat("g")]),
        ("logit of 3 categories svy", [svy.Cat("g"), svy.Cat("q0"), svy.Cat("q1")]),
    ):
        say(name, lambda: sample.glm.fit(y="low", x=x, family="binomial"), 3)

    totals = {}
    for row in pl.read_csv(os.path.join(folder, "totals.csv"), schema_overrides={"category": pl.String}).rows(named=True):
        totals.setdefault(row["variable"], {})[row["category"]] = row["total"]
    say("rake svy", lambda: sample.weighting.rake(controls=totals, tol=1e-9, update_design_wgts=False), 3)

    # The same made-up replicate weights as R's.
    first = data.head(200_000)
    unit = (pl.col("stratum") - 1) * 40 + pl.col("psu")
    first = first.with_columns(
        (pl.col("w") * ((unit * (r + 3) * 7919) % 101) / 50).alias(f"rw{r}") for r in range(1, 81))
    replicated = svy.Sample(
        data=first,
        design=svy.Design(wgt="w", rep_wgts=svy.BootstrapWgts(prefix="rw", n_reps=80, scale=1 / 79)))
    say("replicated means svy", lambda: replicated.estimation.mean("x", by="g", method="replication"), 5)
    say("replicated shares svy", lambda: replicated.estimation.prop("y", by="g", method="replication"), 5)
    say("replicated logit svy", lambda: replicated.glm.fit(
        y="low", x=["x", svy.Cat("g")], family="binomial", method="replication"), 3)
except Exception as error:
    skipped("svy", error)
