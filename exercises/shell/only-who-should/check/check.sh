check() { # NAME MESSAGE COMMAND…
  if "${@:3}"; then echo "ok $1" >&3; else echo "not ok $1 # $2" >&3; fi
}

have() { # RIGHTS PATH…
  local wanted="$1" path
  shift
  for path in "$@"; do
    [ ! -L "$path" ] && [ "$(stat -c %a -- "$path" 2>&1)" = "$wanted" ] || return 1
  done
}

check "scripts can be started by everybody" "shared/tools/hello.sh has other rights than rwxr-xr-x." \
  have 755 shared/tools/hello.sh
check "scripts deep down, too" "shared/tools/old/say it.sh has other rights than rwxr-xr-x." \
  have 755 "shared/tools/old/say it.sh"
check "letters are for the owner alone" "A letter has other rights than rw-------." \
  have 600 "shared/letters/to the bank/loan.txt"
check "a script among the letters is a letter" "shared/letters/print.sh has other rights than rw-------." \
  have 600 shared/letters/print.sh
check "nobody else looks into the letters" "shared/letters or a folder in it has other rights than rwx------." \
  have 700 shared/letters "shared/letters/to the bank"
check "other files can be read by everybody" "Another file has other rights than rw-r--r--." \
  have 644 shared/tools/README shared/plans.sh/first.txt "shared/see also.txt"
check "other folders can be looked into" "Another folder has other rights than rwxr-xr-x." \
  have 755 shared shared/tools shared/tools/old shared/plans.sh
