export LC_ALL=C
tr 'A-Z' 'a-z' < poem.txt | tr -cs 'a-z' '\n' | grep . | sort -u > words.txt
wc -l < words.txt > count.txt
