import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { machineFacts } from '../../../src/facts/domain/machineFacts.ts';
import { type ParsedDomain, parseDomain } from '../../../src/facts/domain/parsedDomain.ts';
import { capabilitiesOf } from '../../../src/facts/host/daemon/capabilities.ts';

const domain = (machine: string, definition: 'live' | 'config'): ParsedDomain => {
  const os = `<os><type arch='x86_64' machine='${machine}'>hvm</type></os>`;
  const parsed = parseDomain({
    kind: 'domain',
    origin: 'x',
    definition,
    text: `<domain type='kvm'><name>a</name>${os}</domain>`,
  });
  if (parsed === undefined) throw new Error('no domain');
  return parsed;
};

const offered = capabilitiesOf([
  {
    kind: 'capabilities',
    origin: 'x',
    text: `<capabilities><host/><guest><os_type>hvm</os_type><arch name='x86_64'>
      <machine deprecated='yes'>pc-i440fx-7.2</machine><machine canonical='pc-i440fx-7.2'>pc</machine>
      <machine>pc-q35-7.2</machine><domain type='kvm'/></arch></guest></capabilities>`,
  },
]);
const nobodySays = capabilitiesOf([]);
const places = ({ unknown }: ReturnType<typeof machineFacts>) => unknown.map(({ at }) => at);

describe('a domain’s machine type', () => {
  const of = (machine: string) => machineFacts(domain(machine, 'config'), undefined, offered).facts.machine;
  test('there', () => assert.deepEqual(of('pc-q35-7.2'), { name: 'pc-q35-7.2', known: true, deprecated: false }));
  test('not there', () => assert.deepEqual(of('pc-1.0'), { name: 'pc-1.0', known: false, deprecated: false }));
  test('an alias is as deprecated as what it stands for', () =>
    assert.deepEqual(of('pc'), { name: 'pc', known: true, deprecated: true, canonical: 'pc-i440fx-7.2' }));
  test('nobody says', () => {
    const learnt = machineFacts(domain('pc', 'config'), undefined, nobodySays);
    assert.deepEqual(learnt.facts, { machine: { name: 'pc' } });
    assert.deepEqual(places(learnt), ['/machine/known', '/machine/deprecated', '/machine/canonical']);
  });
});

describe('what runs and what starts next', () => {
  const both = (live: string, config: string, capabilities = offered) => {
    const learnt = machineFacts(domain(live, 'live'), domain(config, 'config'), capabilities);
    const { inLive, inConfig } = learnt.facts.machine as { inLive?: string; inConfig?: string };
    return { inLive, inConfig, unknown: places(learnt).includes('/machine/inConfig') };
  };
  test('edited since', () =>
    assert.deepEqual(both('pc-q35-7.2', 'pc-q35-9.1'), {
      inLive: 'pc-q35-7.2',
      inConfig: 'pc-q35-9.1',
      unknown: false,
    }));
  test('an alias of the same', () =>
    assert.deepEqual(both('pc-i440fx-7.2', 'pc'), {
      inLive: 'pc-i440fx-7.2',
      inConfig: 'pc-i440fx-7.2',
      unknown: false,
    }));
  test('the same from the other side', () => {
    const learnt = machineFacts(domain('pc-1.0', 'config'), domain('pc-q35-7.2', 'live'), offered);
    assert.deepEqual(learnt.facts.machine, {
      name: 'pc-1.0',
      known: false,
      deprecated: false,
      inLive: 'pc-q35-7.2',
      inConfig: 'pc-1.0',
    });
  });
  test('one name needs no capabilities, two do', () => {
    assert.equal(both('pc', 'pc', nobodySays).unknown, false);
    assert.equal(both('pc-i440fx-7.2', 'pc', nobodySays).unknown, true);
  });
  test('the other definition could not be read', () => {
    const unread = parseDomain({ kind: 'domain', origin: 'x', definition: 'config', text: '<domain>' });
    assert.deepEqual(places(machineFacts(domain('pc', 'live'), unread, offered)), ['/machine/inConfig']);
  });
});
