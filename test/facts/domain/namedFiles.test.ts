import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { namedFilePaths, namedFiles } from '../../../src/facts/domain/namedFiles.ts';
import { type ParsedDomain, parseDomain } from '../../../src/facts/domain/parsedDomain.ts';
import { createHostTree } from '../../../src/facts/host/hostTree.ts';
import { directory, file } from '../host/documents.ts';

const domain = (inner: string): ParsedDomain => {
  const parsed = parseDomain({
    kind: 'domain',
    origin: 'x',
    text: `<domain type='kvm'><name>a</name>${inner}</domain>`,
  });
  if (parsed === undefined) throw new Error('no domain');
  return parsed;
};

const direct = domain(`
  <os><loader>bios.bin</loader><kernel>/k</kernel><initrd>/i</initrd><dtb>/d</dtb><nvram template='/t'>/n</nvram></os>
  <devices>
    <emulator>/e</emulator>
    <filesystem><driver type='virtiofs'/><binary path='/v'/></filesystem>
    <filesystem><driver type='path'/></filesystem>
  </devices>`);

describe('files that a domain names', () => {
  test('those that must be there: absolute, and not the guest’s own NVRAM', () =>
    assert.deepEqual(namedFilePaths(direct), ['/k', '/i', '/d', '/t', '/e', '/v']));
  test('whether they are', () => {
    const tree = createHostTree([directory('/proc/1'), directory('/etc/libvirt'), file('/k', ''), file('/e', '')]);
    const missing = 'there is no such file';
    assert.deepEqual(namedFiles(direct, tree), {
      facts: {
        files: {
          boot: [
            { element: 'kernel', path: '/k' },
            { element: 'initrd', path: '/i', missing },
            { element: 'dtb', path: '/d', missing },
            { element: 'nvram', path: '/t', missing },
          ],
          programs: [
            { element: 'emulator', path: '/e' },
            { element: 'filesystem', path: '/v', missing },
          ],
        },
      },
      unknown: [],
    });
  });
  test('unknown off the host', () => {
    const { facts, unknown } = namedFiles(domain('<os><kernel>/k</kernel></os>'), createHostTree([]));
    assert.deepEqual(facts, { files: { boot: [{ element: 'kernel', path: '/k' }], programs: [] } });
    assert.deepEqual(
      unknown.map(({ at }) => at),
      ['/files/boot/0/missing'],
    );
  });
});
