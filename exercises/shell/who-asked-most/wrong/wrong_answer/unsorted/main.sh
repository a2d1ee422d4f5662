# Counts lines that stand together, without having put equal ones together.
cat logs/*.log | awk '$3 == 404 { print $1 }' | uniq -c | awk '{ print $1, $2 }' | sort -k1,1nr -k2,2 | head -n 3 > missing.txt
