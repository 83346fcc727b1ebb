#!/bin/sh
# Makes the host that the tests upgrade to: FOLDER/root, the files of Debian 13 (trixie) with its libvirt and QEMU.
# Usage: target-root.sh FOLDER
# Nothing in it is set up: only libvirtd, virtlogd, virsh and QEMU are to run there, by chroot and as root. Root is needed,
# and the network.
set -eu
folder=$1

fail() {
  echo "target-root.sh: $*" >&2
  exit 1
}

command -v mmdebstrap >/dev/null || fail "no mmdebstrap; it takes Debian with mmdebstrap"

root=$folder/root
packages=libvirt-daemon,libvirt-daemon-driver-qemu,libvirt-clients,qemu-system-x86
# Of what qemu-system-x86 recommends, what domains need to start: SPICE, UEFI firmware and disk images. virtiofsd is not
# among it: what came with QEMU 7.2 is a package of its own in trixie that no upgrade brings.
packages=$packages,qemu-system-modules-spice,ovmf,qemu-utils
# Unpacking alone takes no package beyond the dependencies, and no script of theirs runs.
mmdebstrap --quiet --variant=extract --include="$packages" trixie "$root" ||
  fail "the packages can't be unpacked; this takes root and the network, or a cache of an earlier run"

# What the packages' scripts would have made: libvirtd looks the user and the group up although it is told to use root.
mkdir -p "$root/etc/libvirt" "$root/var/lib/libvirt" "$root/var/cache/libvirt" "$root/var/log/libvirt"
rmdir "$root/var/run"
ln -s /run "$root/var/run"
cat >"$root/etc/passwd" <<'PASSWD'
root:x:0:0:root:/root:/bin/sh
libvirt-qemu:x:64055:104:Libvirt Qemu:/var/lib/libvirt:/usr/sbin/nologin
PASSWD
cat >"$root/etc/group" <<'GROUP'
root:x:0:
tty:x:5:
kvm:x:104:
libvirt-qemu:x:64055:libvirt-qemu
GROUP

# Half the disk it takes: what draws in 3D, which no test does, and what no daemon reads.
rm -rf "$root"/usr/lib/x86_64-linux-gnu/libLLVM.so* "$root"/usr/lib/x86_64-linux-gnu/libgallium-* \
  "$root"/usr/lib/x86_64-linux-gnu/libz3.so* "$root/usr/share/doc" "$root/usr/share/locale" "$root/usr/share/man" \
  "$root/var/cache/apt" "$root/var/lib/apt"
