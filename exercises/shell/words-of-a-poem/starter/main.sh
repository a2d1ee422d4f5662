# Write words.txt and count.txt.
tr 'A-Z' 'a-z' < poem.txt | head -n 3
