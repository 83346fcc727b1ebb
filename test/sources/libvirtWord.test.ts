/** What virsh is asked for, with a virsh that does not end: the real one does so only when a daemon hangs. */
import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { LibvirtSession } from '../../src/sources/libvirt/session.ts';
import { virsh } from '../../src/sources/libvirt/virsh.ts';
import { temporaryFolder } from '../real/temporaryFolder.ts';

test('a hung daemon is told with all the time that it was given, not with what was left for virsh', async () => {
  await using folder = await temporaryFolder();
  writeFileSync(join(folder.path, 'virsh'), '#!/bin/sh\nexec sleep 60\n');
  chmodSync(join(folder.path, 'virsh'), 0o755);
  const path = process.env.PATH;
  process.env.PATH = `${folder.path}:${path}`;
  try {
    const session = {
      word: () => new Promise((resolve) => setTimeout(resolve, 300, undefined)),
    } as unknown as LibvirtSession;
    const source = virsh('test:///default', 1500, session);
    await assert.rejects(
      async () => source(() => assert.fail('nothing was answered'), undefined as never),
      /^SourceError: test:\/\/\/default: no answer within 1\.5 s; is the daemon hung\? \(systemctl status libvirtd; /,
    );
  } finally {
    process.env.PATH = path;
  }
});
