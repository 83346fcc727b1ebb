/** Tries to define a domain on the very connection that virt-audit opens, and prints what the daemon says. */
import { connect } from '../../src/sources/libvirt/connect.ts';
import { createDeadline } from '../../src/sources/libvirt/deadline.ts';
import { readOnlyUris } from '../../src/sources/libvirt/readOnlyUri.ts';

const hypervisor = await connect(
  readOnlyUris('qemu:///system', (path) => path.endsWith('libvirt-sock-ro')),
  createDeadline(10_000),
);
try {
  await hypervisor.domainDefineXML(
    "<domain type='qemu'><name>intruder</name><memory>1</memory><os><type>hvm</type></os></domain>",
  );
  process.stdout.write('defined\n');
} catch (error) {
  process.stdout.write(`${(error as Error).message}\n`);
}
await hypervisor.connectClose();
