#!/bin/sh
# Installs what the lock file names, before a start, a build and the tests: by the very Bun that Podium is made with
# where there is npm, else by the Bun that is here.
if command -v npm > /dev/null; then
  exec npm exec --yes -- bun@1.4.5 install --frozen-lockfile
fi
exec bun install --frozen-lockfile
