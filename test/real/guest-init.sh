#!/bin/busybox sh
# shellcheck shell=sh
# The init of the tests' guest: shows its virtio ports on the console, mounts a file system that can be frozen, runs the
# guest agent, and obeys the second serial port. The kernel hands `ports`, the number of virtio ports to wait for, over
# from its command line.
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

# Nothing of an initramfs can be frozen: the agent would say that it froze no file system, and that none is.
insmod /modules/brd.ko* rd_nr=1 rd_size=4096
mke2fs /dev/ram0 >/dev/null
mkdir /disk
mount -t ext4 /dev/ram0 /disk

agent=
start_agent() {
  qemu-ga -m virtio-serial -p /dev/virtio-ports/org.qemu.guest_agent.0 -t /run "$@" 3<&- &
  agent=$!
}
start_agent

# Open from before the guest is called ready: what comes to a closed port is lost. Without clocal it would wait for a carrier.
stty -F /dev/ttyS1 raw -echo clocal
exec 3</dev/ttyS1
echo "guest ready"
while true; do
  while read -r command blocked; do
    case $command in
      stop-agent) kill -KILL "$agent"; wait "$agent" ;;
      start-agent) start_agent ${blocked:+-b "$blocked"} ;;
      hang-agent) kill -STOP "$agent" ;;
    esac
    echo "done: $command"
  done <&3
done
