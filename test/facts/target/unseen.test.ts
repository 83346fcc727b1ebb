import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assemble } from '../../../src/facts/assemble.ts';
import { typeOnTarget } from '../../../src/facts/target/emulatorOnTarget.ts';
import { offersOf } from '../../../src/facts/target/offers.ts';
import { defaultParameters } from '../../../src/model/parameters.ts';
import { unreadable } from '../host/documents.ts';
import { documentsOf, shippedThere } from './policyTrees.ts';

const failed = (name: string) => [{ name, ok: false, seconds: 1, reason: 'timed out' }];
const policy = documentsOf(shippedThere);

describe('what a source of the target failed to bring is unknown', () => {
  test('its policy, however much of it there is', () => {
    const target = { name: 'there', documents: policy, failed: failed('apparmor') };
    const [host] = assemble([], policy, defaultParameters, { target }).subjects;
    const about = host?.unknown.filter(({ at }) => at.startsWith('/target'));
    assert.deepEqual(about, [
      { at: '/target/apparmor', reason: 'on the target the source apparmor failed: timed out' },
    ]);
  });

  test('its capabilities', () => {
    const offers = offersOf({ name: 'there', documents: [], failed: failed('capabilities') });
    assert.equal(offers.given, true);
    const { unknown = [] } = typeOnTarget({ type: 'kvm', machine: 'pc' }, offers) ?? {};
    assert.deepEqual(unknown, [{ at: '/missing', reason: 'on the target the source capabilities failed: timed out' }]);
  });

  test('its domcapabilities', () => {
    const offers = offersOf({ name: 'there', documents: [], failed: failed('domcapabilities') });
    const caps = offers.domain({ type: 'kvm', machine: 'pc' });
    assert.match('unknown' in caps ? caps.unknown : '', /the source domcapabilities failed: timed out$/);
  });
});

describe('what nobody looked at on the target', () => {
  const unseen = (target: Partial<Parameters<typeof offersOf>[0]>) =>
    offersOf({ name: 'there', documents: [], ...target }).unseen;

  test('is its policy, where nothing tells of one', () =>
    assert.match(unseen({})[0] ?? '', /^AppArmor's policy there/));
  test('is nothing where its policy is there', () => assert.deepEqual(unseen({ documents: policy }), []));
  test('is not what may not be read, which its rules say', () =>
    assert.deepEqual(unseen({ documents: [unreadable('/etc/apparmor.d')] }), []));
  test('is what failed, once', () =>
    assert.deepEqual(unseen({ failed: [...failed('apparmor'), ...failed('apparmor')] }), [
      'on the target the source apparmor failed: timed out',
    ]));
});
