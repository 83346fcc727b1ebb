#!/bin/sh
# The init of the tests' host: goes through the states in /product/states, one folder each, and writes what it saw to the
# third disk, as a tar archive. In each state virt-audit is asked first, and only then is anything started.
#
# A state's folder has prepare.sh and undo.sh, which are run here and may use the functions below, and for each of its
# domains NAME.xml and NAME.socket, the path of its channel's socket. Where it has audit-running, virt-audit is asked a second
# time, while the domains run.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8

mount_on() {
  mountpoint -q "$2" || { mkdir -p "$2" && mount -t "$1" "$1" "$2"; }
}

load_profiles() {
  apparmor_parser --replace --skip-cache /etc/apparmor.d/usr.lib.libvirt.virt-aa-helper /etc/apparmor.d/usr.sbin.libvirtd
}

start_daemon() {
  libvirtd --daemon --pid-file /run/libvirtd.pid
  virsh capabilities >/dev/null
}

restart_daemon() {
  daemon=$(cat /run/libvirtd.pid)
  kill "$daemon"
  while [ -e "/proc/$daemon" ]; do sleep 0.1; done
  start_daemon
}

say() {
  read -r uptime _ </proc/uptime
  echo "$uptime s: $*"
}

# By the rules about AppArmor, which is what the states differ in. As $out/NAME.json, with what went to standard error and the exit code beside it.
audit() {
  /product/node /product/dist/main.js check --tag apparmor --format json --timeout 3000 >"$out/$1.json" 2>"$out/$1.stderr"
  echo $? >"$out/$1.code"
}

try_start() {
  virsh start --paused "$1" >"$out/$1.start" 2>&1
  echo $? >"$out/$1.code"
  virsh dumpxml "$1" >"$out/$1.xml"
  pid=$(cat "/run/libvirt/qemu/$1.pid" 2>/dev/null) && cat "/proc/$pid/attr/current" >"$out/$1.label"
  socket=$(cat "$folder/$1.socket")
  [ -S "$socket" ] && stat -c '%a %U' "$socket" >"$out/$1.socket"
}

go_through() {
  folder=/product/states/$1
  out=/results/$1
  mkdir -p "$out"
  # shellcheck source=/dev/null
  . "$folder/prepare.sh"
  for file in "$folder"/*.xml; do virsh define "$file" >/dev/null; done
  say "$1 is prepared"
  audit before
  say "$1 is audited"
  virsh capabilities >"$out/capabilities"
  cp /sys/kernel/security/apparmor/profiles "$out/profiles"
  for file in "$folder"/*.socket; do try_start "$(basename "$file" .socket)"; done
  say "$1 has started what it could"
  [ -e "$folder/audit-running" ] && audit running && say "$1 is audited again"
  for file in "$folder"/*.socket; do
    virsh destroy "$(basename "$file" .socket)" >/dev/null 2>&1
    virsh undefine "$(basename "$file" .socket)" >/dev/null
  done
  # shellcheck source=/dev/null
  . "$folder/undo.sh"
}

mount_on proc /proc
mount_on sysfs /sys
mount_on tmpfs /run
mount_on devpts /dev/pts
mount_on tmpfs /dev/shm
mount_on securityfs /sys/kernel/security
mount_on cgroup2 /sys/fs/cgroup
mkdir -p /results /etc/cloudstack/agent
: >/etc/cloudstack/agent/agent.properties
ip link set lo up
hostname test-host
load_profiles
virtlogd --daemon
start_daemon
say 'libvirtd runs'
for state in /product/states/*; do go_through "$(basename "$state")" 2>&1; done
say 'done' | tee /results/done
tar -cf /dev/vdc -C /results .
sync
echo b >/proc/sysrq-trigger
