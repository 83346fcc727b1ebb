#!/bin/sh
# Installs the Node.js that the package-lock.json in FOLDER holds, from npm, unless it is there already.
# Usage: install-nodes.sh FOLDER
set -eu
cd "$1"
# Two at once would be in each other's way.
exec 9<package-lock.json
flock 9
installed=node_modules/.installed-lock.json
! cmp -s package-lock.json "$installed" || exit 0
npm ci --ignore-scripts --loglevel=error >/dev/null
cp package-lock.json "$installed"
