# Changes only the first place of each line.
sed -i -E '/^ *#/! s/(^|[^a-z.-])museum\.example/\1museum-am-see.example/' sites/*.conf
