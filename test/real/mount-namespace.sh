#!/bin/sh
# Runs as: unshare --mount --propagation private sh mount-namespace.sh [ROOT]
# Holds a mount namespace in which libvirt's folders are private and empty, until its standard input is closed: by the
# test, or by the kernel when the test's process dies. Then every process of the namespace is ended.
# With ROOT, a folder with another Debian, it is that one's libvirt: commands are then to be run by chroot ROOT.
set -eu
root=${1:-}

if [ -n "$root" ]; then
  # It is kept for later runs, so nothing may be written to it.
  mount --bind "$root" "$root"
  mount -o remount,bind,ro "$root"
  for folder in /proc /sys /dev; do
    mount --rbind "$folder" "$root$folder"
  done
  mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
fi

# All of /run, so that neither systemd's bus nor any daemon of the machine is within reach.
mount -t tmpfs -o mode=755 tmpfs "$root/run"
for folder in /var/lib/libvirt /var/cache/libvirt /var/log/libvirt; do
  mount -t tmpfs -o mode=755 tmpfs "$root$folder"
done

# The configuration as shipped, without the machine's own domains, networks and hooks.
mkdir "$root/run/etc-libvirt"
cp "$root"/etc/libvirt/*.conf "$root/run/etc-libvirt/"
mount --bind "$root/run/etc-libvirt" "$root/etc/libvirt"
cat >"$root/etc/libvirt/qemu.conf" <<'CONF'
# As root: otherwise libvirt probes QEMU anew at every define where /dev/kvm is not for the user libvirt-qemu.
user = "root"
group = "root"
# Not every machine that runs the tests has AppArmor.
security_driver = "none"
# Nothing is left behind outside the namespace: no cgroups, no owners and attributes on the guest's kernel.
cgroup_controllers = []
dynamic_ownership = 0
remember_owner = 0
# QEMU stays in the namespace that its processes are found by at the end.
namespaces = []
CONF

echo ready
while read -r _; do :; done

own=$(readlink /proc/self/ns/mnt)
pattern=$(printf %s "$own" | sed 's/[][]/\\&/g')
# Twice empty: a process that was just starting another is seen in the second look.
empty=0
while [ "$empty" -lt 2 ]; do
  members=$(find /proc/[0-9]*/ns/mnt -maxdepth 0 -lname "$pattern" 2>/dev/null | cut -d/ -f3)
  empty=$((empty + 1))
  for process in $members; do
    [ "$process" = $$ ] && continue
    # The look's own processes are members too, and gone by now.
    kill -KILL "$process" 2>/dev/null && empty=0
  done
  [ "$empty" -gt 0 ] || sleep 0.05
done
exit 0
