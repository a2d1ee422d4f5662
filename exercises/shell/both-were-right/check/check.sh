check() { # NAME MESSAGE COMMAND…
  if "${@:3}"; then echo "ok $1" >&3; else echo "not ok $1 # $2" >&3; fi
}

in_bakery() { git -C bakery -c core.fsmonitor=false -c core.hooksPath=/dev/null "$@" 2>&1 3>&-; }

check "main is a merge of both sides" "The last commit of main does not have both branches behind it." \
  [ "$(in_bakery log -1 --format=%s main^1)/$(in_bakery log -1 --format=%s main^2)" = "Raise the price of bread/Sell lemonade" ]
check "the message is as asked" "The message of the last commit is another one." \
  [ "$(in_bakery log -1 --format=%s main)" = "Merge the summer menu" ]
check "no mark of the conflict is left" "prices.txt still has lines with <<<<<<<, ======= or >>>>>>>." \
  eval '! in_bakery show main:prices.txt | grep -qE "^(<<<<<<<|=======|>>>>>>>)"'
check "the bread has its new price" "The line of the bread is not that of main." \
  eval 'in_bakery show main:prices.txt | grep -qx "bread 450"'
check "there is lemonade" "The line of the lemonade is missing." \
  eval 'in_bakery show main:prices.txt | grep -qx "lemonade 220"'
check "the list is exactly as asked" "prices.txt of the last commit has other lines, or another order." \
  [ "$(in_bakery show main:prices.txt)" = $'roll 60\nbread 450\nlemonade 220\ncake 310' ]
check "the poster is there" "poster.txt is not in the last commit." \
  [ "$(in_bakery show main:poster.txt)" = "Cold lemonade!" ]
check "the branch is gone and nothing is left over" "There is still a branch summer, or git status shows something." \
  [ "$(in_bakery branch --format='%(refname:short)')$(in_bakery status --short)" = main ]
