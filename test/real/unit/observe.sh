#!/bin/sh
# Installs the package on a host that systemd has started, goes with its service through what a host goes through, removes
# the package, and writes what it saw to the third disk, as a tar archive.
unit=virt-audit.service
out=/results
settings=/etc/virt-audit/virt-audit.yaml

say() {
  read -r uptime _ </proc/uptime
  echo "$uptime s: $*"
}

# Whatever goes wrong, what was seen until then is told.
finish() {
  systemd-analyze blame --no-pager >"$out/blame" 2>&1
  systemctl --no-pager --failed >"$out/failed" 2>&1
  journalctl --no-pager -o cat -u "$unit" >"$out/journal"
  journalctl --no-pager -o cat -k >"$out/kernel"
  say "$1" | tee "$out/done"
  tar -cf /dev/vdc -C "$out" .
  sync
  echo b >/proc/sysrq-trigger
  exit
}

# Waits until a command succeeds; NAME is told where it does not.
await() {
  name=$1
  shift
  for _ in $(seq 100); do
    "$@" >/dev/null 2>&1 && return
    sleep 1
  done
  finish "not in time: $name"
}

# Whether the service has said a thing, from a line of its journal on.
# shellcheck disable=SC2317 # await runs it
logged() {
  journalctl --no-pager -o cat -u "$unit" | tail -n "+$1" | grep -q "$2"
}

# The answer to a scrape, as $out/NAME; it waits for an audit of its own.
get() {
  sleep 0.2
  /usr/lib/virt-audit/node /product/get.mjs "http://127.0.0.1:19177$1" >"$out/$2" 2>&1 || say "no $2"
}

# Reloads, and waits until the service says how that went.
reload() {
  lines=$(journalctl --no-pager -o cat -u "$unit" | wc -l)
  systemctl reload "$unit"
  await "$1" logged "$((lines + 1))" "$1"
}

# Every file but those that others write to while the test runs.
files() {
  find / -xdev \( -path /var/log -o -path /var/cache -o -path /var/lib/dpkg -o -path /var/lib/libvirt -o -path /results \) \
    -prune -o -print | sort
}

see_processes() {
  mkdir "$out/processes"
  cgroup=/sys/fs/cgroup/system.slice/$unit
  while read -r pid; do cp "/proc/$pid/status" "$out/processes/$pid"; done <"$cgroup/cgroup.procs"
  cp "$cgroup/memory.max" "$cgroup/memory.peak" "$out"
}

# The probe in the sandbox of the unit, and outside of it.
probe() {
  ip address add 192.0.2.1/32 dev lo
  run=/run/systemd/system
  mkdir -p "$run/probe.service.d"
  cp "/lib/systemd/system/$unit" "$run/probe.service"
  cat >"$run/probe.service.d/probe.conf" <<DROPIN
[Service]
Type=oneshot
Restart=no
RestartForceExitStatus=
ExecStart=
ExecStart=/product/probe.sh
ExecStart=-find / -path /proc -prune -o -type d -writable -printf 'writable %%p\\n'
StandardOutput=append:$out/inside
StandardError=null
DROPIN
  systemctl daemon-reload
  systemctl start probe.service
  /product/probe.sh >"$out/outside" 2>/dev/null
}

mkdir "$out"
say 'systemd has started the host'
await 'libvirtd answers' virsh list
mkdir -m 700 /var/lib/sealed
truncate -s 1M /var/lib/libvirt/images/running.img /var/lib/sealed/off.img
{
  virsh define /product/running.xml && virsh define /product/off.xml && virsh start --paused running
} >"$out/virsh" 2>&1
# What TLS needs, of which the certificates are evidence and the keys are not.
mkdir -p /etc/pki/qemu
cp /product/server-cert.pem /etc/pki/qemu
(umask 077 && echo key >/etc/pki/qemu/server-key.pem)
say 'the domains are there'

# Emulation makes an audit take longer than the twenty seconds it has; and each scrape is to see an audit of its own.
mkdir -p "/run/systemd/system/$unit.d"
cat >"/run/systemd/system/$unit.d/emulated.conf" <<'DROPIN'
[Service]
ExecStart=
ExecStart=/usr/bin/virt-audit serve $ARGS --audit.timeout 280 --audit.min-interval 100ms
DROPIN
files >/run/before
wc -l </run/before >"$out/files"
dpkg --install /product/package.deb >"$out/dpkg" 2>&1
# At once, when the program has not begun to listen for it.
systemctl reload "$unit"
await 'the service is active' systemctl is-active "$unit"
say 'the package is installed'
get /metrics first
get / page
say 'the first audit has ended'
systemctl show "$unit" >"$out/started"
systemd-analyze security --no-pager "$unit" >"$out/security" 2>&1
see_processes
probe
say 'the sandbox is probed'

cp "$settings" /run/settings
echo 'skip: [guest-agent-channel]' >"$settings"
reload 'reloaded rules and settings'
get /metrics reloaded
echo 'severity: x' >"$settings"
reload 'reload failed'
get /metrics broken
cp /run/settings "$settings"
systemctl show "$unit" >"$out/afterwards"
say 'the settings were reloaded'

# The unit hides the home of root.
mkdir /root/vm
truncate -s 1M /root/vm/home.img
virsh define /product/home.xml >>"$out/virsh" 2>&1
get /metrics hidden
virsh undefine home >>"$out/virsh" 2>&1
rm -r /root/vm

systemctl restart libvirtd.service
get /metrics restarted
# Its sockets stay, and systemd starts it for whoever connects.
systemctl stop libvirtd.service 2>/dev/null
systemctl is-active libvirtd.service >"$out/libvirtd-stopped"
get /metrics activated
systemctl is-active libvirtd.service >"$out/libvirtd-activated"
say 'libvirtd was restarted'

systemctl stop "$unit"
systemctl show "$unit" >"$out/stopped"

# systemd listens in its place, and starts it for whoever connects.
cp /etc/default/virt-audit /run/arguments
echo 'ARGS="--skip domain-qemu-current --web.systemd-socket"' >/etc/default/virt-audit
cp /usr/share/doc/virt-audit/examples/systemd/virt-audit.socket /run/systemd/system
systemctl daemon-reload
systemctl start virt-audit.socket
systemctl show "$unit" >"$out/before-socket"
get /metrics by-socket
systemctl show "$unit" >"$out/by-socket-unit"
systemctl stop virt-audit.socket "$unit"
rm /run/systemd/system/virt-audit.socket
cp /run/arguments /etc/default/virt-audit
say 'systemd listened for it'

systemctl start "$unit"
systemctl show "$unit" >"$out/again"
rm -r /run/systemd/system/probe.service*
systemctl daemon-reload

# Wrong settings: what to do is said, and it is not tried again.
echo 'severity: x' >"$settings"
systemctl restart "$unit"
await 'the service has failed' systemctl is-failed "$unit"
systemctl show "$unit" >"$out/wrong"
cp /run/settings "$settings"
systemctl reset-failed "$unit"
systemctl start "$unit"

# Disabled, but running, at an upgrade; then removed and installed again; then masked before it is installed.
systemctl disable "$unit" 2>/dev/null
systemctl show "$unit" >"$out/disabled"
dpkg --install /product/package.deb >>"$out/dpkg" 2>&1
systemctl show "$unit" >"$out/upgraded"
systemctl enable "$unit" 2>/dev/null
{
  dpkg --remove virt-audit && dpkg --install /product/package.deb
} >>"$out/dpkg" 2>&1
systemctl show "$unit" >"$out/reinstalled"
dpkg --purge virt-audit >"$out/purge" 2>&1
systemctl mask "$unit" 2>/dev/null
dpkg --install /product/package.deb >>"$out/dpkg" 2>&1
echo "code=$?" >"$out/masked"
systemctl show "$unit" >>"$out/masked"
systemctl unmask "$unit" 2>/dev/null
rm -r "/run/systemd/system/$unit.d"
systemctl daemon-reload
say 'the package was upgraded, installed again, and installed masked'
dpkg --purge virt-audit >"$out/purge" 2>&1
say 'the package is purged'
systemctl show "$unit" >"$out/purged"
systemctl list-unit-files --no-legend 'virt-audit*' >"$out/unit-files"
pgrep -f /usr/lib/virt-audit/ >"$out/left-processes"
files >/run/after
diff /run/before /run/after >"$out/left-files"
finish 'done'
