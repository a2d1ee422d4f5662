export LC_ALL=C
check() { # NAME MESSAGE COMMAND…
  if "${@:3}"; then echo "ok $1" >&3; else echo "not ok $1 # $2" >&3; fi
}

is_file() { [ -f "$1" ] && [ ! -L "$1" ]; }
has_word() { is_file words.txt && grep -qxF -- "$1" words.txt; }
rightly() { grep -oE '[A-Za-z]+' poem.txt | tr 'A-Z' 'a-z' | sort -u; }

check "words.txt is there" "There is no file words.txt." is_file words.txt
check "words are in small letters" "gutter is missing, or a line of words.txt has a large letter." \
  eval 'has_word gutter && ! grep -q "[A-Z]" words.txt'
check "only letters belong to words" "A line of words.txt is empty, or has something else than letters in it." \
  eval 'is_file words.txt && ! grep -qvE "^[A-Za-z]+$" words.txt'
check "what stands behind an apostrophe is a word" "ll is missing." has_word ll
check "every word is there once" "A word is there twice." \
  eval 'is_file words.txt && [ -z "$(sort words.txt | uniq -d)" ]'
check "words.txt is right" "The words are not all of the poem, or not in order." \
  eval 'is_file words.txt && [ "$(cat words.txt)" = "$(rightly)" ]'
check "count.txt has the number alone" "count.txt is not there, or has something else in it." \
  eval 'is_file count.txt && [ "$(tr -d "[:blank:]" < count.txt)" = "$(rightly | grep -c .)" ]'
check "the poem stays as it is" "poem.txt was changed." [ "$(cksum < poem.txt)" = "2765757694 240" ]
