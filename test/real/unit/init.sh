#!/bin/sh
# The init of the unit's host: systemd as Debian sets it up, with one service more, which is the test.
mountpoint -q /run || mount -t tmpfs tmpfs /run
mkdir -p /run/systemd/system/multi-user.target.wants
cat >/run/systemd/system/observe.service <<'UNIT'
[Unit]
After=multi-user.target
[Service]
Type=exec
Environment=HOME=/root LC_ALL=C.UTF-8
ExecStart=/product/observe.sh
StandardOutput=tty
StandardError=tty
TTYPath=/dev/console
UNIT
ln -s ../observe.service /run/systemd/system/multi-user.target.wants
# Else systemd takes this for a first boot, and sets every service anew.
[ -s /etc/machine-id ] || systemd-machine-id-setup >/dev/null 2>&1
exec /lib/systemd/systemd
