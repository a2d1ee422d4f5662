grep -oE '[A-Za-z]+' poem.txt | tr '[:upper:]' '[:lower:]' | sort | uniq > words.txt
grep -c . words.txt > count.txt
