import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ParsedDomain } from '../../../src/facts/domain/parsedDomain.ts';
import { unreadDomains } from '../../../src/facts/domain/unreadDomains.ts';
import { parsed } from './domainXml.ts';

const web = parsed('', { called: 'web', id: '1' });
const db = parsed('', { called: 'db', id: '2' });
const unread = (name: string, uuid?: string): ParsedDomain => ({
  name,
  ...(uuid === undefined ? {} : { uuid }),
  definition: 'config',
  state: 'shutoff',
  problem: { text: 'permission denied', reason: 'denied' },
});
const reason = (...others: readonly ParsedDomain[]) => unreadDomains([web, ...others])(web);

describe('what other domains have', () => {
  test('is known when all could be read', () => assert.equal(reason(db), undefined));
  test('is unknown of one that could not', () =>
    assert.equal(reason(db, unread('x')), 'what x has is unknown, since the definition could not be read'));
  test('is unknown of two', () => assert.match(reason(unread('y'), unread('x')) ?? '', /^what x and 1 other have /));
  test('is unknown of many', () =>
    assert.match(reason(unread('x'), unread('y'), unread('z')) ?? '', /^what x and 2 others have /));
  test('is not the question when it is one’s own definition', () =>
    assert.equal(reason(unread('web', '1')), undefined));
  test('is unknown beside one’s own unread definition', () =>
    assert.match(reason(unread('web', '1'), unread('x')) ?? '', /^what x has /));
});
