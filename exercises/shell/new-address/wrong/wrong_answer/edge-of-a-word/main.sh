# Takes a dot and a hyphen for the edge of a name.
sed -i '/^ *#/! s/\bmuseum\.example/museum-am-see.example/g' sites/*.conf
