# Makes whole numbers of the column before the lines without a number are gone.
import pandas as pd

table = pd.read_csv(input())
table["passengers"] = table["passengers"].astype(int)
table = table[table["status"] == "done"]
table = table.assign(month=table["date"].str[:7], pier=table["pier"].str.strip().str.title())
months = table.pivot_table(index="month", columns="pier", values="passengers", aggfunc="sum", fill_value=0)
print(months.to_csv(), end="")
