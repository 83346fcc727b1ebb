import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { createPart, gzipParts, type Part, storedPart } from '../../src/exporter/gzipParts.ts';

const texts: Readonly<Record<string, readonly string[]>> = {
  'no part': [],
  'an empty part': [''],
  'one part': ['virt_audit_libvirt_up 1\n'],
  'a part as long as a stored block may be': ['c'.repeat(65_535)],
  'a part one longer': ['c'.repeat(65_536)],
  'a kept part, a new one and an empty one': ['a'.repeat(100_000), 'ü €', '', 'b\n'.repeat(70_000)],
};

const makers: Readonly<Record<string, (text: string, index: number) => Part | Promise<Part>>> = {
  compressed: createPart,
  stored: storedPart,
  'the first compressed, the others stored': (text, index) => (index === 0 ? createPart(text) : storedPart(text)),
};

describe('parts make one gzip member', () => {
  const cases = Object.entries(texts).flatMap(([name, parts]) =>
    Object.entries(makers).map(([how, make]) => ({ name: `${name}, ${how}`, parts, make })),
  );
  for (const { name, parts, make } of cases) {
    test(name, async () => {
      const zipped = Buffer.concat(gzipParts(await Promise.all(parts.map(make))));
      assert.equal(gunzipSync(zipped).toString(), parts.join(''));
      // Of one member only: gzip(1) checks its length and sum, and would not list a second.
      const { status, stdout, stderr } = spawnSync('gzip', ['-dc'], { input: zipped });
      assert.deepEqual([status, stdout.toString(), stderr.toString()], [0, parts.join(''), '']);
      assert.equal(zipped.indexOf(Buffer.from([0x1f, 0x8b, 8]), 1), -1);
    });
  }
});

test('a part can be sent again', async () => {
  const part = await createPart('again\n');
  assert.equal(gunzipSync(Buffer.concat(gzipParts([part, part]))).toString(), 'again\nagain\n');
});
