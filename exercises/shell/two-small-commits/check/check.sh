check() { # NAME MESSAGE COMMAND…
  if "${@:3}"; then echo "ok $1" >&3; else echo "not ok $1 # $2" >&3; fi
}

in_garden() { git -C garden -c core.fsmonitor=false -c core.hooksPath=/dev/null "$@" 2>&1 3>&-; }
files_of() { in_garden diff-tree --no-commit-id --name-only -r "$1" | LC_ALL=C sort | tr '\n' ' '; }

check "there are two new commits" "garden/ has $(in_garden rev-list --count HEAD | head -c 20) commits; three are expected." \
  [ "$(in_garden rev-list --count HEAD)" = 3 ]
check "the first is the change of beds.txt alone" "The first new commit changes: $(files_of HEAD~1 | head -c 200)" \
  [ "$(files_of HEAD~1)" = "beds.txt " ]
check "the second has the seeds and .gitignore" "The second new commit changes: $(files_of HEAD | head -c 200)" \
  [ "$(files_of HEAD)" = ".gitignore seeds.txt " ]
check "the messages are as asked" "git log --oneline shows other messages." \
  [ "$(in_garden log --format=%s --reverse HEAD)" = $'Plan three beds\nMove the beans to the fence\nList the seeds' ]
check "the commits hold what was written" "beds.txt or seeds.txt of the last commit is not as it was." \
  [ "$(in_garden show HEAD:beds.txt HEAD:seeds.txt)" = $'bed 1: lettuce\nbed 2: empty\nbed 3: beans\nbeans 40\nlettuce 200' ]
check "every log is passed over" "git does not pass over a file other.log." in_garden check-ignore -q other.log
check "nothing is left over" "git status still shows something." [ -z "$(in_garden status --short)" ]
check "the log of the pump is still there" "garden/pump.log is gone." [ -f garden/pump.log ]
