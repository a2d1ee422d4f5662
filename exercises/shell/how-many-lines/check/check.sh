# Calls the learner's script in several ways, in a folder that holds what the calls need.
mkdir -p calls && cp -r notes calls/ && cp lines.sh calls/lines.sh && cd calls || exit 9
printf 'one\ntwo\n' > -t
printf 'a\nb\nc\n' > 'a  b.txt'

check() { # NAME OUTPUT ERRORS CODE WORD…
  local name="$1" out="$2" errors="$3" code="$4" given_out given_errors given_code
  shift 4
  given_out="$(bash lines.sh "$@" 2> errors.seen 3>&- < /dev/null)"
  given_code=$?
  given_errors="$(head -c 2000 errors.seen)"
  if [ "$given_out" != "$out" ]; then
    echo "not ok $name # Standard output is another one." >&3
  elif [ "$given_errors" != "$errors" ]; then
    echo "not ok $name # Standard error is another one." >&3
  elif [ "$given_code" -ne "$code" ]; then
    echo "not ok $name # The exit code is $given_code; $code is expected." >&3
  else
    echo "ok $name" >&3
  fi
}

usage="usage: lines.sh [-t] FILE..."
check "one file" "notes/monday.txt: 4" "" 0 notes/monday.txt
check "two files, in the order given" $'notes/monday.txt: 4\nnotes/empty.txt: 0' "" 0 notes/monday.txt notes/empty.txt
check "names with blanks" $'notes/at home.txt: 2\na  b.txt: 3' "" 0 "notes/at home.txt" "a  b.txt"
check "the total" $'notes/monday.txt: 4\nnotes/at home.txt: 2\ntotal: 6' "" 0 -t notes/monday.txt "notes/at home.txt"
check "a file called -t that is not the first word" $'notes/monday.txt: 4\n-t: 2' "" 0 notes/monday.txt -t
check "a missing file, and another after it" $'notes/empty.txt: 0\nnotes/monday.txt: 4' \
  "lines.sh: notes/tuesday.txt: no such file" 1 notes/empty.txt notes/tuesday.txt notes/monday.txt
check "a folder is no file, and has no part in the total" $'notes/monday.txt: 4\ntotal: 4' \
  "lines.sh: notes: no such file" 1 -t notes notes/monday.txt
check "no word at all" "" "$usage" 2
check "-t alone" "" "$usage" 2 -t
