# Write missing.txt.
head -n 3 logs/*.log
