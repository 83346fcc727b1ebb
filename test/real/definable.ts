/**
 * A rule example's domain as a private libvirtd can define it: with the memory and the type that every domain has, under
 * plain emulation, and without what only a running one has.
 */
export const definable = (xml: string): string => {
  const shut = xml
    .replace(/^(\s*<domain\b[^>]*?)\s+id=(?:'[^']*'|"[^"]*")/, '$1')
    .replace(/<domain type=(['"])(?:kvm|test)\1/, "<domain type='qemu'");
  const remembering = /<memory\b/.test(shut) ? shut : shut.replace('</name>', "</name><memory unit='MiB'>64</memory>");
  if (/<os\b/.test(remembering)) {
    return /<type\b/.test(remembering)
      ? remembering
      : remembering.replace(/<os\b[^>]*>/, "$&<type arch='x86_64'>hvm</type>");
  }
  const machine = /\smodel=(['"])pcie-root\1/.test(shut) ? " machine='q35'" : '';
  return remembering.replace('</memory>', `</memory><os><type arch='x86_64'${machine}>hvm</type></os>`);
};
