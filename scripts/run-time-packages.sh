#!/bin/sh
# Prints the folders of the npm packages that the built program loads, one a line: node_modules/NAME.
# The binding also asks for what only its own installation takes; that and what nothing else needs is left out.
set -eu
cd "$(dirname "$0")/.."
# shellcheck disable=SC2016 # JavaScript
npm ls --omit=dev --all --json 2>/dev/null | node -e '
const installing = new Set(["@mapbox/node-pre-gyp", "node-addon-api", "tsx"]);
const found = new Set();
const walk = ({ dependencies = {} }, parent) => {
  for (const [name, entry] of Object.entries(dependencies)) {
    if (parent === "node-libvirt" && installing.has(name)) continue;
    found.add(`node_modules/${name}`);
    walk(entry, name);
  }
};
walk(JSON.parse(require("node:fs").readFileSync(0, "utf8")));
console.log([...found].sort().join("\n"));
'
