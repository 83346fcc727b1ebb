import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { assemble } from '../../../src/facts/assemble.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import { defaultParameters } from '../../../src/model/parameters.ts';
import { valueAt } from '../../../src/model/pointer.ts';
import { collect } from '../../../src/sources/collect.ts';
import { apparmor } from '../../../src/sources/hostRoot/apparmor.ts';
import { compile } from '../../apparmor/oracle.ts';
import { requireParser } from '../../apparmor/requireParser.ts';
import { type PolicyTree, shippedHere, shippedThere, status } from './policyTrees.ts';

const write = (base: string, tree: PolicyTree): void => {
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), text);
  }
};

const own = (path: string, text: string): PolicyTree => ({ [path]: text });
const daemonRules = 'local/usr.sbin.libvirtd';

/** What this host has beside or instead of what was shipped to it. */
const cases: readonly (readonly [name: string, tree: PolicyTree, verdict: 'loads' | 'is refused'])[] = [
  ['nothing of its own', {}, 'loads'],
  ['a good rule', own(daemonRules, '/srv/sockets/* rw,\n'), 'loads'],
  ['a rule with a fault', own(daemonRules, '/srv/sockets/* rw\n'), 'is refused'],
  ['a variable that is gone', own(daemonRules, '@{gone}/sockets/* rw,\n'), 'is refused'],
  ['a variable that is still there', own(daemonRules, '@{run}/sockets/* rw,\n'), 'loads'],
  [
    'a variable of its own',
    { 'tunables/global.d/site': '@{site}=/srv\n', [daemonRules]: '@{site}/sockets/* rw,\n' },
    'loads',
  ],
  ['a variable that the target has', own('tunables/global.d/site', '@{run}=/srv\n'), 'is refused'],
  ['an addition to a variable that is gone', own('tunables/global.d/site', '@{gone}+=/srv\n'), 'is refused'],
  ['an include of a packaged file that is gone', own(daemonRules, 'include <abstractions/gone>\n'), 'is refused'],
  ['the same, if it exists', own(daemonRules, 'include if exists <abstractions/gone>\n/srv/sockets/* rw,\n'), 'loads'],
  [
    'an include of a file of its own',
    { 'abstractions/site': '/srv/sockets/* rw,\n', [daemonRules]: 'include <abstractions/site>\n' },
    'loads',
  ],
  [
    'an include of a packaged file that is gone and was edited here',
    { 'abstractions/gone': '/srv/more/** rw,\n', [daemonRules]: 'include <abstractions/gone>\n' },
    'loads',
  ],
  ['a good rule for domains', own('abstractions/libvirt-qemu.d/site', '/srv/images/** rwk,\n'), 'loads'],
  ['a faulty rule for domains', own('abstractions/libvirt-qemu.d/site', '/srv/images/** rwz,\n'), 'is refused'],
  ['a faulty file that is skipped', own('abstractions/libvirt-qemu.d/site.dpkg-old', 'please allow,\n'), 'loads'],
];

/** A root with the tree, and the documents that the collector makes of it. */
const rootOf = async (folder: string, tree: PolicyTree) => {
  write(join(folder, 'etc/apparmor.d'), tree);
  return (await collect('host', apparmor(folder))).documents;
};

const isShipped = (path: string, text: string) => shippedHere[path] === text;

const subjectOf = async (folder: string, here: PolicyTree) => {
  const documents = [...(await rootOf(join(folder, 'here'), here)), status(shippedHere)];
  const target = { name: 'there', documents: await rootOf(join(folder, 'there'), shippedThere) };
  return assemble([], documents, defaultParameters, { target }).subjects[0];
};

const problemsIn = (facts: JsonObject | undefined, policy: string): readonly string[] =>
  valueAt(facts ?? {}, `/target/apparmor/${policy}/problems`) as string[];

/** What the real parser says of the daemon's profile, and of what domains' profiles are made from. */
const refusals = (base: string): readonly string[] =>
  ['usr.sbin.libvirtd', 'libvirt/TEMPLATE.qemu'].flatMap((file) => {
    const answer = compile(join(base, file), base);
    return 'error' in answer ? [answer.error] : [];
  });

describe('the policy of an upgraded host is judged as apparmor_parser judges it', requireParser, () => {
  for (const [name, tree, verdict] of cases) {
    test(`${name} ${verdict}`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'virt-audit-upgraded-'));
      try {
        const subject = await subjectOf(folder, { ...shippedHere, ...tree });
        const edited = Object.keys(tree).some((path) => path in shippedHere);
        const problems = problemsIn(subject?.facts, edited ? 'withEdited' : 'withLocal');
        assert.deepEqual(
          subject?.unknown.filter(({ at }) => at.startsWith('/target')),
          [],
        );

        // The upgrade as dpkg does it: what was shipped makes way, what is anybody's own stays.
        const left = Object.entries({ ...shippedHere, ...tree }).filter(([path, text]) => !isShipped(path, text));
        const upgraded = join(folder, 'upgraded');
        write(upgraded, shippedThere);
        write(upgraded, Object.fromEntries(left));
        const errors = refusals(upgraded);
        assert.equal(errors.length === 0 ? 'loads' : 'is refused', verdict, errors.join('\n'));
        assert.equal(problems.length === 0 ? 'loads' : 'is refused', verdict, problems.join('\n'));
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});
