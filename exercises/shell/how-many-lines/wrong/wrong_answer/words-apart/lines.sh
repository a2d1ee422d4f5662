# Forgets the quotes around $@: a name with blanks becomes several.
with_total=no
if [ "$1" = "-t" ]; then with_total=yes; shift; fi
if [ $# -eq 0 ]; then echo "usage: lines.sh [-t] FILE..." >&2; exit 2; fi
total=0
code=0
for file in $@; do
  if [ -f "$file" ]; then
    count=$(wc -l < "$file")
    echo "$file: $count"
    total=$((total + count))
  else
    echo "lines.sh: $file: no such file" >&2
    code=1
  fi
done
if [ "$with_total" = yes ]; then echo "total: $total"; fi
exit "$code"
