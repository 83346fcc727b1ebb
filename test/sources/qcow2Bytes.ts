/** The bytes that a qcow2 image begins with (QEMU's docs/interop/qcow2.rst), as a byte string. */
export const qcow2Bytes = ({
  version = 3,
  backing = '',
  format = '',
  at = 512,
}: {
  version?: 2 | 3;
  backing?: string;
  format?: string;
  at?: number;
}): string => {
  const bytes = Buffer.alloc(64 * 1024);
  const length = version === 3 ? 112 : 72;
  bytes.write('QFI\xfb', 'latin1');
  bytes.writeUInt32BE(version, 4);
  if (backing !== '') {
    bytes.writeBigUInt64BE(BigInt(at), 8);
    bytes.writeUInt32BE(Buffer.byteLength(backing), 16);
    bytes.write(backing, at);
  }
  if (version === 3) bytes.writeUInt32BE(length, 100);
  if (format !== '') {
    // Behind another extension, with a length that is padded.
    bytes.writeUInt32BE(0x6803f857, length);
    bytes.writeUInt32BE(3, length + 4);
    bytes.writeUInt32BE(0xe2792aca, length + 16);
    bytes.writeUInt32BE(format.length, length + 20);
    bytes.write(format, length + 24);
  }
  return bytes.toString('latin1');
};
