check() { # NAME MESSAGE COMMAND…
  if "${@:3}"; then echo "ok $1" >&3; else echo "not ok $1 # $2" >&3; fi
}

in_station() { git -C station -c core.fsmonitor=false -c core.hooksPath=/dev/null "$@" 2>&1 3>&-; }
is_file() { [ -f found.txt ] && [ ! -L found.txt ]; }

given=""
if is_file; then given="$(head -c 500 found.txt)"; fi

check "found.txt is there" "There is no file found.txt beside station/." is_file
check "it is the first wrong commit" "It is another commit, or not its message alone." \
  [ "$given" = "Give the zones a beginning" ]
check "station/ is on the branch main" "station/ is not on main; see git bisect reset." \
  [ "$(in_station symbolic-ref --short HEAD)" = main ]
check "no search is under way" "git bisect is still under way." [ ! -e station/.git/BISECT_START ]
check "the history is as it was" "The history of station/ was changed." \
  [ "$(in_station rev-parse main)" = 2a12b16fb01c47e820dafbb649276af871c69101 ]
