# uniq only sees words that stand together.
grep -oE '[A-Za-z]+' poem.txt | tr 'A-Z' 'a-z' | uniq | sort > words.txt
wc -l words.txt > count.txt
