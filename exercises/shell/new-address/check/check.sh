check() { # NAME MESSAGE COMMAND…
  if "${@:3}"; then echo "ok $1" >&3; else echo "not ok $1 # $2" >&3; fi
}

has() { # FILE LINE…
  local file="$1" line
  shift
  [ -f "$file" ] && [ ! -L "$file" ] || return 1
  for line in "$@"; do grep -qxF -- "$line" "$file" || return 1; done
}

check "the server has its new name" "A line of front.conf is not as it should be." \
  has sites/front.conf "server museum-am-see.example" "mail post@museum-am-see.example" "alias www.example"
check "every place of a line is changed" "A line with two places is not as it should be." \
  eval 'has sites/front.conf "redirect museum-am-see.example/old museum-am-see.example/new" &&
    has sites/others.conf "link https://museum-am-see.example/map,museum-am-see.example"'
check "other names stay" "artmuseum.example, art-museum.example or shop.museum.example was changed." \
  has sites/others.conf "friend artmuseum.example" "friend art-museum.example" "shop shop.museum.example"
check "a dot is a dot" "museumxexample was changed." has sites/others.conf "code museumxexample"
check "comments stay" "A comment was changed." \
  eval 'has sites/front.conf "# museum.example since 2009" && has sites/others.conf "   # until May: museum.example"'
check "other files stay" "notes.txt was changed." has sites/notes.txt "We were museum.example for a long time."
check "no line and no file came or went" "The number of lines or files is another one." \
  [ "$(cat sites/* | wc -l) $(find sites | wc -l)" = "12 4" ]
