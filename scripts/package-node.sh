#!/bin/sh
# Prints the path of the Node.js that the Debian package brings: the one that deploy/deb/node/package-lock.json holds, whatever
# Node is at hand. At first use it is installed there, from npm, which takes the network.
set -eu
cd "$(dirname "$0")/.."
scripts/install-nodes.sh deploy/deb/node
node=$PWD/deploy/deb/node/node_modules/node-linux-$(node -p process.arch)/bin/node
[ -x "$node" ] || {
  # npm takes what it can't get of optional packages for left out: the next run tries again.
  rm -rf deploy/deb/node/node_modules
  echo "package-node.sh: no $node; deploy/deb/node/package.json names no Node for this architecture, or npm could not install it" >&2
  exit 1
}
echo "$node"
