# Only blanks stand between words here, so commas and quotes belong to them.
tr 'A-Z' 'a-z' < poem.txt | tr -s ' ' '\n' | sort -u > words.txt
wc -l < words.txt > count.txt
