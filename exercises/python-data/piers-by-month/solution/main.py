import pandas as pd

table = pd.read_csv(input())
table = table[table["status"] == "done"]

if table.empty:
    print("month")
else:
    table = table.assign(
        month=table["date"].str[:7],
        pier=table["pier"].str.strip().str.title(),
        passengers=table["passengers"].astype(int),
    )
    months = table.pivot_table(index="month", columns="pier", values="passengers", aggfunc="sum", fill_value=0)
    print(months.to_csv(), end="")
