#!/bin/sh
# Unpacks libvirt's documentation and examples, from Debian's package libvirt-doc, into FOLDER.
# Usage: libvirt-doc.sh FOLDER
# The package is not installed: slim images of Debian drop what lies in /usr/share/doc.
set -eu
folder=$1

fail() {
  echo "libvirt-doc.sh: $*" >&2
  exit 1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# In a folder of root's, apt's own user may not write.
(cd "$work" && apt-get -qq -o APT::Sandbox::User=root download libvirt-doc) ||
  fail "libvirt-doc can't be downloaded; this takes the network, or a cache of an earlier run"
dpkg -x "$work"/*.deb "$folder"
