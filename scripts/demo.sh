#!/bin/sh
# Audits the sample host: its domains in libvirt's own test driver, its file system from a folder. Ends as the audit ends.
set -eu
cd "$(dirname "$0")/.."
sample=test/hosts/sample
node=.cache/demo
mkdir -p "$node"
echo '<node>' >"$node/node.xml"
for file in "$sample"/domains/*-VM.xml; do
  # The driver reports no state of channels: for domains of its own type nobody expects one.
  sed "s/<domain type='kvm'>/<domain type='test'>/" "$file" >"$node/$(basename "$file")"
  echo "<domain file='$(basename "$file")'/>" >>"$node/node.xml"
done
echo '</node>' >>"$node/node.xml"
exec node dist/main.js check --connect "test://$PWD/$node/node.xml" --root "$sample/root" "$@"
