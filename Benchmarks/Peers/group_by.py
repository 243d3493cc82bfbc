"""A bare weighted group-by of a CSV file by polars, as a whole process."""
import sys

import polars as pl

print(pl.scan_csv(sys.argv[1]).group_by(["g", "y"]).agg(pl.col("w").sum()).collect())
