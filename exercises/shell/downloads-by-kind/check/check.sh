check() { # NAME MESSAGE COMMAND…
  if "${@:3}"; then echo "ok $1" >&3; else echo "not ok $1 # $2" >&3; fi
}

has() { # FILE CONTENT
  [ ! -L "$1" ] && [ -f "$1" ] && [ "$(cat -- "$1")" = "$2" ]
}

check "pictures are in png/" "png/map.png is not there, or is another one." has png/map.png map
check "names with blanks stay whole" "png/at the sea.png or pdf/tax 2025.pdf is not there." \
  eval 'has "png/at the sea.png" "a photo" && has "pdf/tax 2025.pdf" tax'
check "the ending is what stands behind the last dot" "pdf/bill.v2.pdf is not there." has pdf/bill.v2.pdf bill
check "a name may begin with a hyphen" "txt/-words.txt is not there." has txt/-words.txt words
check "files without an ending stay" "downloads/NOTES is not there." has downloads/NOTES notes
check "downloads/old/ stays as it is" "downloads/old/map.png is not there." has downloads/old/map.png old
check "nothing is left in downloads/ that has an ending" "downloads/ still has files with an ending." \
  [ -z "$(find downloads -maxdepth 1 -type f -name '*.*')" ]
