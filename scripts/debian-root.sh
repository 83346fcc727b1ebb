#!/bin/sh
# Makes the minimal Debian in which the tests install the package: an archive TAR of what dpkg and the package's dependencies
# take. It is of the release that this machine runs; the network is needed.
# Usage: debian-root.sh TAR
set -eu
# shellcheck source=/dev/null
. /etc/os-release
[ "$ID" = debian ] || {
  echo "debian-root.sh: the root is made of the Debian that this machine runs, and this is $ID" >&2
  exit 1
}
# Nothing of it has to survive a loss of power.
exec mmdebstrap --quiet --variant=apt --include=libvirt0,libatomic1,libstdc++6,libnss-systemd --dpkgopt=force-unsafe-io "$VERSION_CODENAME" "$1"
