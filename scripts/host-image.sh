#!/bin/sh
# Makes the host that the tests boot: vmlinuz, initrd and disk in FOLDER.
# Usage: host-image.sh FOLDER
# It is Debian as on this machine, with libvirt, QEMU and AppArmor as Debian sets them up, and with systemd, which libvirt
# brings, and libatomic1 and libnss-systemd, on which virt-audit's package depends; root is needed, and the network.
# It starts what a second disk brings: /product/init.sh.
set -eu
folder=$1

fail() {
  echo "host-image.sh: $*" >&2
  exit 1
}

for command in mmdebstrap mkfs.ext4; do
  command -v "$command" >/dev/null || fail "no $command; it takes Debian with mmdebstrap and e2fsprogs"
done
# shellcheck source=/dev/null
. /etc/os-release
[ "$ID" = debian ] || fail "the host is made of the Debian that this machine runs, and this is $ID"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
packages=linux-image-cloud-amd64,initramfs-tools,apparmor,libvirt-daemon-system,libvirt-clients,qemu-system-x86
packages=$packages,udev,kmod,iproute2,procps,busybox,libatomic1,libnss-systemd
mmdebstrap --quiet --variant=minbase --include="$packages" --dpkgopt=force-unsafe-io "$VERSION_CODENAME" "$root" ||
  fail "the packages can't be installed; this takes root and the network, or a cache of an earlier run"

mkdir "$root/product"
cat >"$root/sbin/host-init" <<'INIT'
#!/bin/sh
mount -t devtmpfs devtmpfs /dev 2>/dev/null
mount -t ext4 -o ro /dev/vdb /product
exec /product/init.sh
INIT
chmod 755 "$root/sbin/host-init"

mkdir -p "$folder"
cp "$root"/boot/vmlinuz-* "$folder/vmlinuz"
cp "$root"/boot/initrd.img-* "$folder/initrd"
mkfs.ext4 -q -d "$root" "$folder/disk" 2G
