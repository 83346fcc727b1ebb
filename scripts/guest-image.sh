#!/bin/sh
# Makes the guest that the tests boot: vmlinuz and initramfs.gz in FOLDER.
# Usage: guest-image.sh FOLDER INIT
# The kernel is Debian's, by apt; the rest is this machine's busybox and qemu-ga, and the script INIT.
set -eu
folder=$1
init=$2

fail() {
  echo "guest-image.sh: $*" >&2
  exit 1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for command in apt-get dpkg busybox qemu-ga; do
  command -v "$command" >/dev/null || fail "no $command; it takes Debian with busybox-static and qemu-guest-agent"
done
package=$(apt-cache depends linux-image-cloud-amd64 2>/dev/null | sed -n 's/^ *Depends: \(linux-image-[0-9].*\)/\1/p')
[ -n "$package" ] || fail "apt knows no linux-image-cloud-amd64; run apt-get update on Debian"
# In a folder of root's, apt's own user may not write.
(cd "$work" && apt-get -qq -o APT::Sandbox::User=root download "$package") ||
  fail "$package can't be downloaded; this takes the network, or a cache of an earlier run"
dpkg -x "$work"/*.deb "$work/kernel"

root=$work/root
mkdir -p "$root/bin" "$root/modules" "$root/dev" "$root/proc" "$root/sys" "$root/run" "$root/tmp"
for module in virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci virtio_console brd; do
  find "$work/kernel/lib/modules" -name "$module.ko*" -exec cp {} "$root/modules/" \;
  [ -n "$(find "$root/modules" -name "$module.ko*")" ] || fail "no module $module in $package"
done
cp "$(command -v busybox)" "$root/bin/busybox"
cp "$(command -v qemu-ga)" "$root/bin/qemu-ga"
ldd "$root/bin/qemu-ga" | grep -o '/[^ ]*' | while read -r library; do
  mkdir -p "$root${library%/*}"
  cp -L "$library" "$root$library"
done
cp "$init" "$root/init"
chmod 755 "$root/init"

mkdir -p "$folder"
(cd "$root" && find . | busybox cpio -o -H newc 2>/dev/null) | gzip -1 >"$folder/initramfs.gz"
cp "$work"/kernel/boot/vmlinuz-* "$folder/vmlinuz"
