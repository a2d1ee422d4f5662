# Finds the files of the folder below, too.
find downloads -name '*.*' -type f | while read -r file; do
  kind="${file##*.}"
  mkdir -p "$kind"
  mv "$file" "$kind/"
done
