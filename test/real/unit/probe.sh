#!/bin/sh
# Says what whoever runs it may do: a line for each attempt, its name and yes or no. It leaves nothing behind.
try() {
  name=$1
  shift
  if "$@" >/dev/null 2>&1; then echo "$name: yes"; else echo "$name: no"; fi
}

holds() {
  grep -q . "$1"
}

writes() {
  touch "$1/virt-audit-probe" && rm "$1/virt-audit-probe"
}

# errno of a system call on x86_64 that was given nonsense: EPERM where it is not let through at all.
may_call() {
  perl -e 'syscall($ARGV[0] + 0, -1, 0, 0, 0, 0, 0); exit($! == 1)' "$1"
}

sends_to() {
  perl -MIO::Socket::INET -e 'exit !IO::Socket::INET->new(Proto => "udp", PeerAddr => "$ARGV[0]:9")->send("x")' "$1"
}

try 'reads qemu.conf' holds /etc/libvirt/qemu.conf
try 'reads the loaded profiles' holds /sys/kernel/security/apparmor/profiles
try 'reads shadow' holds /etc/shadow
try 'reads the home of root' holds /root/.profile
try 'reads a certificate of QEMU' holds /etc/pki/qemu/server-cert.pem
try 'reads a key of QEMU' holds /etc/pki/qemu/server-key.pem
try 'asks libvirt' virsh --readonly --connect qemu:///system list
try 'orders libvirt' virsh --connect qemu:///system list
try 'writes to /etc' writes /etc
try 'sends to loopback' sends_to 127.0.0.1
try 'sends to elsewhere' sends_to 192.0.2.1
try 'open_by_handle_at' may_call 304
try 'process_vm_readv' may_call 310
try 'mount' may_call 165