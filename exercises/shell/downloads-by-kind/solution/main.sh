for file in downloads/*.*; do
  if [ -f "$file" ]; then
    kind="${file##*.}"
    mkdir -p "$kind"
    mv "$file" "$kind/"
  fi
done
