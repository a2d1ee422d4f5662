export LC_ALL=C
check() { # NAME MESSAGE COMMAND…
  if "${@:3}"; then echo "ok $1" >&3; else echo "not ok $1 # $2" >&3; fi
}

is_file() { [ -f missing.txt ] && [ ! -L missing.txt ]; }

wanted="14 10.0.0.7
9 10.0.0.12
9 10.0.0.30"
given=""
if is_file; then given="$(head -c 2000 missing.txt)"; fi

check "missing.txt is there" "There is no file missing.txt." is_file
check "it has three lines" "It has $(printf '%s\n' "$given" | grep -c .) lines." \
  [ "$(printf '%s\n' "$given" | grep -c .)" -eq 3 ]
check "the address that asked most comes first" "The first line is another one." \
  [ "${given%%$'\n'*}" = "${wanted%%$'\n'*}" ]
check "counts and addresses are right" "The lines are not what the logs say." [ "$given" = "$wanted" ]
check "the logs stay as they are" "A log was changed." [ "$(cat logs/*.log | cksum)" = "3346300589 3892" ]
