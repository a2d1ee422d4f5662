# Write march.csv.
awk -F , '$4 >= 10 { print $3 }' sales.csv
