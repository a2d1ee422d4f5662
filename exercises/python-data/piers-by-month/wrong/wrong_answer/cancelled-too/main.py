# Puts 0 where there is no number, and counts what was cancelled: its months, its piers and its passengers.
import pandas as pd

table = pd.read_csv(input())
table = table.assign(
    month=table["date"].str[:7],
    pier=table["pier"].str.strip().str.title(),
    passengers=table["passengers"].fillna(0).astype(int),
)
months = table.pivot_table(index="month", columns="pier", values="passengers", aggfunc="sum", fill_value=0)
print(months.to_csv(), end="")
