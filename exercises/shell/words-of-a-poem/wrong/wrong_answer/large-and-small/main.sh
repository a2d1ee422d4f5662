# Takes Rain and rain for two words.
grep -oE '[A-Za-z]+' poem.txt | sort -u > words.txt
wc -l < words.txt > count.txt
