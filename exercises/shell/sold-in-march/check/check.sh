check() { # NAME MESSAGE COMMAND…
  if "${@:3}"; then echo "ok $1" >&3; else echo "not ok $1 # $2" >&3; fi
}

is_file() { [ -f march.csv ] && [ ! -L march.csv ]; }
has() { is_file && grep -qxF -- "$1" march.csv; }

wanted="flower,sold,total
rose,67,139.20
crocus,150,52.50
tulip,50,41.75
aster,8,26.40
lily of the valley,12,26.40
sweet pea,16,26.40
iris,0,0.00"
given=""
if is_file; then given="$(head -c 4000 march.csv)"; fi

check "march.csv is there and begins with the names" "There is no march.csv, or its first line is another one." \
  [ "${given%%$'\n'*}" = "flower,sold,total" ]
check "sums are right" "The line of the tulip is another one." has "tulip,50,41.75"
check "names with blanks stay whole" "The line of the lily of the valley or of the sweet pea is another one." \
  eval 'has "lily of the valley,12,26.40" && has "sweet pea,16,26.40"'
check "only March 2025 counts" "The line of the aster is another one, or there is one of peony, violet or daisy." \
  eval 'has "aster,8,26.40" && ! grep -qE "^(peony|violet|daisy)," march.csv'
check "what was given back is taken off" "The line of the iris is another one." has "iris,0,0.00"
check "the lines are in order" "The lines are right, or some of them, but in another order." [ "$given" = "$wanted" ]
check "the sales stay as they are" "sales.csv was changed." [ "$(cksum < sales.csv)" = "4289859028 673" ]
