import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Document } from '../../src/model/document.ts';
import { collect, combine, SourceError } from '../../src/sources/collect.ts';

const document: Document = { kind: 'file', origin: '/etc/hostname', text: 'kvm1\n' };

/** In seconds, rounded up as a source's own are rounded: however long the machine stood still, a source took no longer than its test. */
const since = (began: number): number => Math.ceil((performance.now() - began) * 1e3) / 1e6;

describe('a source', () => {
  test('that ends well', async () => {
    const began = performance.now();
    const { documents, sources } = await collect('host', (emit) => emit(document));
    assert.deepEqual(documents, [document]);
    const [{ seconds, ...result } = { seconds: -1 }] = sources;
    assert.deepEqual(result, { name: 'host', ok: true });
    assert.ok(seconds >= 0 && seconds <= since(began), `${seconds} s`);
  });
  test('that fails keeps what it gave', async () => {
    const began = performance.now();
    const { documents, sources } = await collect('host', async (emit) => {
      emit(document);
      await sleep(20);
      throw new SourceError('the disk is gone');
    });
    assert.deepEqual(documents, [document]);
    const [{ seconds, ...result } = { seconds: -1 }] = sources;
    assert.deepEqual(result, { name: 'host', ok: false, reason: 'the disk is gone' });
    assert.ok(seconds >= 0.015 && seconds <= since(began), `${seconds} s`);
  });
  test('that has a bug is not taken for one that failed', async () => {
    await assert.rejects(
      collect('host', () => {
        throw new TypeError('undefined is no function');
      }),
      TypeError,
    );
  });
});

test('evidence is combined in order', () => {
  const of = (name: string) => ({
    documents: [{ ...document, origin: name }],
    sources: [{ name, ok: true, seconds: 0 }],
  });
  const { documents, sources } = combine([of('a'), { documents: [], sources: [] }, of('b')]);
  assert.deepEqual(
    documents.map(({ origin }) => origin),
    ['a', 'b'],
  );
  assert.deepEqual(
    sources.map(({ name }) => name),
    ['a', 'b'],
  );
});
