# Ends at the first file that is missing, and tells it on standard output.
with_total=no
if [ "$1" = "-t" ]; then with_total=yes; shift; fi
if [ $# -eq 0 ]; then echo "usage: lines.sh [-t] FILE..."; exit 2; fi
total=0
for file in "$@"; do
  if [ ! -f "$file" ]; then
    echo "lines.sh: $file: no such file"
    exit 1
  fi
  count=$(wc -l < "$file")
  echo "$file: $count"
  total=$((total + count))
done
if [ "$with_total" = yes ]; then echo "total: $total"; fi
