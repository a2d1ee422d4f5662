sed -i -E '/^ *#/! s/(^|[^a-z.-])museum\.example/\1museum-am-see.example/g' sites/*.conf
