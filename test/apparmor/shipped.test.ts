import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { loadPolicy, type Policy, type PolicySource } from '../../src/apparmor/index.ts';
import { compareWithCompiled } from './compareWithCompiled.ts';
import { diskSource } from './diskSource.ts';
import { mutate } from './mutate.ts';
import { compile } from './oracle.ts';
import { Random } from './random.ts';
import { requirePackage } from './requirePackage.ts';
import { samplePattern } from './samplePattern.ts';
import { seed } from './seed.ts';

const base = '/etc/apparmor.d';
const requireLibvirt = requirePackage('libvirt-daemon-system', `${base}/usr.sbin.libvirtd`);
const uuid = '3ed8fbc5-8bd8-4c4c-9a59-3b0f5a4b8d11';

const domain = `<domain type='kvm'><name>web</name><uuid>${uuid}</uuid><memory>65536</memory><vcpu>1</vcpu>
<os><type arch='x86_64' machine='pc'>hvm</type></os><devices>
<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='/var/lib/libvirt/images/web [1].img'/>
<target dev='vda' bus='virtio'/></disk>
<channel type='unix'><source mode='bind' path='/var/lib/libvirt/qemu/web.org.qemu.guest_agent.0'/>
<target type='virtio' name='org.qemu.guest_agent.0'/></channel></devices></domain>`;

/** What libvirt expects of a channel's socket, its neighbours, and places that no domain may reach. */
const telling = [
  '/var/lib/libvirt/qemu/web.org.qemu.guest_agent.0',
  '/var/lib/libvirt/qemu/channel/target/domain-1-web/org.qemu.guest_agent.0',
  '/run/libvirt/qemu/channel/1-web/org.qemu.guest_agent.0',
  '/var/lib/libvirt/qemu/domain-1-web/monitor.sock',
  '/var/lib/libvirt/images/web [1].img',
  '/var/lib/libvirt/images/web 1.img',
  '/etc/apparmor.d/libvirt/x',
  '/etc/apparmor.d/libvirt/',
  '/sys/kernel/security/apparmor/.replace',
  '/etc/shadow',
  '/dev/kvm',
  '/',
];

/** Paths that the rules of a profile match or nearly match, and some that no rule speaks of. */
function pathsFor(policy: Policy, name: string, random: Random, count: number): string[] {
  const patterns = (policy.profiles.get(name)?.fileRules ?? []).flatMap(({ rule }) => rule.patterns);
  assert.ok(patterns.length > 0 || name.includes('//'), `${name} has no file rules`);
  const paths = [...telling];
  while (patterns.length > 0 && paths.length < count) {
    paths.push(mutate(random, samplePattern(random, random.pick(patterns).nodes)));
  }
  return paths;
}

/** Loads a policy file and compares each of its profiles with the real parser's. */
function compareFile(file: string, source: PolicySource, directory: string, names: readonly string[]): void {
  const compiled = compile(file, directory);
  assert.ok('profiles' in compiled, 'error' in compiled ? compiled.error : '');
  const policy = loadPolicy(source, { base: directory, files: [file] });
  assert.deepEqual(policy.problems, []);
  assert.deepEqual([...policy.profiles.keys()].sort(), [...compiled.profiles.keys()].sort());
  for (const name of names) assert.ok(policy.profiles.has(name), `there is no profile ${name}`);
  const random = new Random(seed);
  for (const profile of compiled.profiles.values()) {
    compareWithCompiled(policy, profile, pathsFor(policy, profile.name, random, 250), random);
  }
}

describe(`policy of Debian's packages, seed ${seed}`, () => {
  test(
    'every profile in the policy directory is understood',
    requirePackage('apparmor-profiles-extra', `${base}/usr.bin.man`),
    () => {
      const policy = loadPolicy(diskSource);
      assert.deepEqual(policy.problems, []);
      assert.ok(policy.profiles.size > 20);
    },
  );

  for (const [file, profile] of [
    ['usr.sbin.libvirtd', 'libvirtd'],
    ['usr.lib.libvirt.virt-aa-helper', 'virt-aa-helper'],
  ] as const) {
    test(`${file} decides as its compiled form`, requireLibvirt, () => {
      compareFile(`${base}/${file}`, diskSource, base, [profile]);
    });
  }

  test('a domain profile from TEMPLATE.qemu and virt-aa-helper decides as its compiled form', requireLibvirt, () => {
    const directory = mkdtempSync(join(tmpdir(), 'virt-audit-policy-'));
    try {
      cpSync(base, directory, {
        recursive: true,
        dereference: true,
        filter: (path) => !/\/(?:disable|cache)/.test(path),
      });
      const name = `libvirt-${uuid}`;
      const template = readFileSync(`${base}/libvirt/TEMPLATE.qemu`, 'latin1');
      const profile = template.replace('LIBVIRT_TEMPLATE', name).replace('}', `  #include <libvirt/${name}.files>\n}`);
      writeFileSync(join(directory, 'libvirt', name), profile, 'latin1');
      writeFileSync(join(directory, 'libvirt', `${name}.files`), helperRules(name), 'latin1');
      compareFile(join(directory, 'libvirt', name), diskSource, directory, [name]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

/** The rules that libvirt's own virt-aa-helper would write for the domain; a dry run prints them on stderr. */
function helperRules(name: string): string {
  const run = spawnSync('/usr/lib/libvirt/virt-aa-helper', ['-d', '-c', '-u', name], { input: domain });
  assert.equal(run.status, 0, run.stderr.toString());
  const rules = run.stderr
    .toString('latin1')
    .split('\n')
    .filter((line) => /^\s*(?:deny )?"\//.test(line));
  assert.ok(
    rules.some((line) => line.includes('web [1].img')),
    run.stderr.toString(),
  );
  return `${rules.join('\n')}\n`;
}
