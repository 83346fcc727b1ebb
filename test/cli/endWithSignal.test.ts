import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually } from '../real/eventually.ts';
import { temporaryFolder } from '../real/temporaryFolder.ts';
import { mainModule } from '../real/virtAudit.ts';

/**
 * A pattern that takes V8 for ever on the title below, so that the auditor's process is busy and hears nothing. It is given
 * up after two seconds, in which a busy machine may have little time for it: hence several.
 */
const rule = (id: string): string => `id: ${id}
title: A pattern without end
severity: low
target: domain
tags: [site]
rationale: It keeps the auditor's process busy.
remediation: Nothing is to be mended.
references: [{ title: none, url: 'https://example.org/' }]
assert: { has: { /domain/title: { pattern: '^(a+)+$' } } }
examples:
  pass: [{ name: short, documents: [{ domain: '<domain><title>a</title></domain>' }] }]
  fail: [{ name: other, at: [/domain/title], documents: [{ domain: '<domain><title>b</title></domain>' }] }]
`;
const domain = `<domain type='kvm'><name>web</name><title>${'a'.repeat(60)}!</title></domain>`;

/** proc(5): after the name in parentheses the state, the parent, and, eleventh, the ticks spent in user mode. */
const statOf = (pid: string): { parent: number; ticks: number } => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return { parent: Number(fields[1]), ticks: Number(fields[11]) };
};

/** The child of a process that has used the processor for over a second: it judges. */
const busyChildOf = (pid: number): string | undefined =>
  readdirSync('/proc').find((entry) => {
    try {
      return /^\d+$/.test(entry) && statOf(entry).parent === pid && statOf(entry).ticks > 100;
    } catch {
      return false;
    }
  });

/** For as many seconds as these rules keep it busy, and more: of a loaded machine the auditor gets a small part. */
const patience = { timeoutMs: 120_000 };
const rules = 60;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`${signal} ends the auditor’s process too, however busy`, async () => {
    await using folder = await temporaryFolder();
    const xml = join(folder.path, 'web.xml');
    writeFileSync(xml, domain);
    const args = ['check', '--domains', xml, '--root', folder.path];
    for (let index = 0; index < rules; index++) {
      const id = `slow-${index}`;
      const path = join(folder.path, `${id}.yaml`);
      writeFileSync(path, rule(id));
      args.push('--rules', path, '--rule', id);
    }
    const parent = spawn(process.execPath, [mainModule, ...args, '--timeout', '300'], { stdio: 'ignore' });
    const exit = once(parent, 'exit');
    const { pid = 0 } = parent;
    const child = await eventually('the auditor judges', () => busyChildOf(pid), patience);
    parent.kill(signal);
    const [, ended] = await exit;
    assert.equal(ended, signal);
    await eventually('the auditor’s process is gone', () => !existsSync(`/proc/${child}/exe`) || undefined, patience);
  });
}
