# Any character in place of the dot, in the middle of names, in comments and in all files.
sed -i 's/museum.example/museum-am-see.example/g' sites/*
