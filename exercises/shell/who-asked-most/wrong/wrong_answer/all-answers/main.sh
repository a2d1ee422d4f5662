# Looks for 404 anywhere in the line.
cat logs/*.log | grep 404 | cut -d ' ' -f 1 | sort | uniq -c | awk '{ print $1, $2 }' | sort -k1,1nr -k2,2 | head -n 3 > missing.txt
