# Forgets the quotes: a name with blanks is several words.
for file in downloads/*.*; do
  kind=${file##*.}
  mkdir -p $kind
  mv $file $kind/ 2> errors.txt
done
