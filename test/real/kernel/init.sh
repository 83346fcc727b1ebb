#!/bin/busybox sh
# shellcheck shell=sh
# The init of a kernel that answers questions about AppArmor: loads /policy, tries /attempts, and writes to the second
# serial port what came of it and what the kernel says of its state. Each part begins with a line `== NAME`.
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mount -t securityfs securityfs /sys/kernel/security
mount -t tmpfs -o mode=0777 tmpfs /t
stty -F /dev/ttyS1 raw
exec >/dev/ttyS1

if ! apparmor_parser --replace --skip-cache --base / /policy; then
  echo '== rejected'
  reboot -f
fi
for file in /sys/module/apparmor/parameters/enabled /sys/kernel/security/lsm /sys/kernel/security/apparmor/profiles; do
  echo "== $file"
  cat "$file"
  echo
done
echo '== attempts'
attempt </attempts
echo '== end'
# What was written must have left before the machine ends.
stty -F /dev/ttyS1 raw
reboot -f
