#!/bin/busybox sh
# shellcheck shell=sh
# The init of the tests' guest: shows its virtio ports on the console, runs the guest agent, and obeys the second
# serial port. The kernel hands `ports`, the number of virtio ports to wait for, over from its command line.
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
for module in virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci virtio_console; do
  insmod /modules/$module.ko*
done

# As udev would: /dev/virtio-ports/<name> is a link to ../vport<controller>p<port>.
mkdir /dev/virtio-ports
count=0
while [ "$count" -lt "${ports:?is the kernel’s to say}" ]; do
  count=0
  for port in /sys/class/virtio-ports/*; do
    name=$(cat "$port/name" 2>/dev/null)
    [ -n "$name" ] && ln -sf "../${port##*/}" "/dev/virtio-ports/$name" && count=$((count + 1))
  done
done
ls -l /dev/virtio-ports/

agent=
start_agent() {
  qemu-ga -m virtio-serial -p /dev/virtio-ports/org.qemu.guest_agent.0 -t /run &
  agent=$!
}
start_agent
echo "guest ready"

# The port is open only while it is read; without clocal it would wait for a carrier.
stty -F /dev/ttyS1 raw -echo clocal
while true; do
  while read -r command; do
    case $command in
      stop-agent) kill -KILL "$agent"; wait "$agent" ;;
      start-agent) start_agent ;;
    esac
    echo "done: $command"
  done </dev/ttyS1
done
