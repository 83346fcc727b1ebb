import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apparmorState } from '../../../../src/facts/host/apparmor/apparmorState.ts';
import { createHostTree } from '../../../../src/facts/host/hostTree.ts';
import type { Document } from '../../../../src/model/document.ts';
import { directory, file, unreadable } from '../documents.ts';

const parameter = '/sys/module/apparmor/parameters/enabled';
const profiles = '/sys/kernel/security/apparmor/profiles';
const sys = directory('/sys/module');
const on = [sys, file(parameter, 'Y\n')];

const cases: readonly {
  name: string;
  documents: readonly Document[];
  enabled?: boolean;
  loaded?: object;
  why: RegExp;
}[] = [
  { name: 'no kernel state at all', documents: [], why: /holds no kernel state/ },
  { name: 'a kernel without AppArmor', documents: [sys], enabled: false, loaded: {}, why: /^$/ },
  { name: 'off', documents: [sys, file(parameter, 'N\n')], enabled: false, loaded: {}, why: /^$/ },
  { name: 'unreadable', documents: [sys, unreadable(parameter)], why: /permission denied/ },
  { name: 'all of /sys unreadable', documents: [unreadable('/sys')], why: /^\/sys: permission denied/ },
  { name: 'on, securityfs not mounted', documents: on, enabled: true, why: /mount securityfs/ },
  {
    name: 'on, the list unreadable',
    documents: [...on, unreadable(profiles)],
    enabled: true,
    why: /permission denied/,
  },
  { name: 'on, nothing loaded', documents: [...on, file(profiles, '')], enabled: true, loaded: {}, why: /^$/ },
  {
    name: 'names with blanks, parentheses, children and namespaces',
    documents: [
      ...on,
      file(
        profiles,
        'libvirtd (enforce)\n/usr/sbin/cups (old) (complain)\nlibvirtd//qemu_bridge_helper (enforce)\n' +
          ':snap://a b (unconfined)\nno mode\n/opt/a(b)c (kill)\n',
      ),
    ],
    enabled: true,
    loaded: {
      libvirtd: 'enforce',
      '/usr/sbin/cups (old)': 'complain',
      'libvirtd//qemu_bridge_helper': 'enforce',
      ':snap://a b': 'unconfined',
      '/opt/a(b)c': 'kill',
    },
    why: /^$/,
  },
];

describe('what the kernel says of AppArmor', () => {
  for (const { name, documents, enabled, loaded, why } of cases) {
    test(name, () => {
      const state = apparmorState(createHostTree(documents));
      assert.equal(state.enabled, enabled);
      assert.deepEqual(state.loaded && Object.fromEntries(state.loaded), loaded);
      assert.match(state.why, why);
    });
  }
});
