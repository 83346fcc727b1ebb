const exceptions = '(?!/sys/devices/pci|/sys/kernel/config/target/vhost|/etc/libvirt-sandbox/services/)';

const written = new RegExp(
  `^${exceptions}/(?:boot/|etc/|initrd|lib|lost\\+found/|proc/|s?bin/|selinux/|sys/|vmlinuz|usr/(?:s?bin/|lib|share/|local/(?:s?bin/|etc/|lib)))`,
);

/** Kernels and firmware may be read; which folders of firmware differs between distributions. */
const read = new RegExp(
  `^${exceptions}/(?:etc/|lib|lost\\+found/|proc/|s?bin/|selinux/|sys/|usr/(?:s?bin/|lib(?!/u-boot/|/riscv64-linux-gnu/opensbi)|share/(?!OVMF/|ovmf/|AAVMF/|edk2/|edk2-ovmf/|qemu/|qemu-efi)|local/(?:s?bin/|etc/|lib)))`,
);

/**
 * Why virt-aa-helper refuses a path, links followed, and with it the domain ("skipped restricted file"); undefined where it
 * does not (libvirt's drvqemu, "AppArmor sVirt confinement"; tried with `virt-aa-helper --dryrun` of libvirt 9.0.0).
 */
export const helperRefusal = (path: string, isWritten: boolean): string | undefined => {
  if (path.includes('"')) return 'virt-aa-helper refuses any path with a quote in it';
  const [prefix] = (isWritten ? written : read).exec(path) ?? [];
  return prefix === undefined ? undefined : `virt-aa-helper refuses what begins with ${prefix}`;
};
