# Print what would change; add -i when it is right.
sed 's/museum.example/museum-am-see.example/' sites/front.conf
