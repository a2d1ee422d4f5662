# Makes the repository station/ out of its history.
set -e
git init -q -b main station
git -C station config user.name Ines
git -C station config user.email ines@example.org
git -C station fast-import --quiet < station.history
git -C station reset -q --hard main
