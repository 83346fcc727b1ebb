/** Files of evidence and reports, packed or not. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { unpacked } from '../../src/sources/unpacked.ts';

const text = JSON.stringify({ name: 'kvm1', more: 'x'.repeat(1000) });

describe('a file as text', () => {
  test('packed or not', () => assert.deepEqual([unpacked(gzipSync(text)), unpacked(Buffer.from(text))], [text, text]));
  test('behind a byte order mark', () => assert.equal(unpacked(Buffer.from(`\uFEFF${text}`)), text));
  const damage = /truncated or damaged; copy it again, or make it anew/;
  test('truncated', () => assert.throws(() => unpacked(gzipSync(text).subarray(0, 40)), damage));
  test('with something behind it', () =>
    assert.throws(() => unpacked(Buffer.concat([gzipSync(text), Buffer.from('more')])), damage));
});
