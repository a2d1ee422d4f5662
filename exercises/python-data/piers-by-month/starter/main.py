import pandas as pd

table = pd.read_csv(input())
print(table)
