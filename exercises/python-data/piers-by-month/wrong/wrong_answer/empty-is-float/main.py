# Leaves the column as it was read: one empty value made it a column of floating point numbers.
import pandas as pd

table = pd.read_csv(input())
table = table[table["status"] == "done"]
if table.empty:
    print("month")
else:
    table = table.assign(month=table["date"].str[:7], pier=table["pier"].str.strip().str.title())
    months = table.pivot_table(index="month", columns="pier", values="passengers", aggfunc="sum")
    print(months.to_csv(na_rep="0"), end="")
