/** What systemd passes, by the environment (sd_listen_fds(3)); `test/real/systemdSocket.test.ts` has a real one. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { takeSystemdSockets } from '../../../src/cli/serve/systemdSockets.ts';
import { InputError } from '../../../src/model/inputError.ts';

test('each socket, from 3 on', () =>
  assert.deepEqual(takeSystemdSockets({ LISTEN_PID: '7', LISTEN_FDS: '2' }, 7), [{ fd: 3 }, { fd: 4 }]));

test('the environment names them no more, and all else still', () => {
  const environment = { LISTEN_PID: '7', LISTEN_FDS: '1', LISTEN_FDNAMES: 'a', LISTEN_PIDFDID: '9', PATH: '/bin' };
  takeSystemdSockets(environment, 7);
  assert.deepEqual(environment, { PATH: '/bin' });
});

describe('none', () => {
  const environments: Readonly<Record<string, NodeJS.ProcessEnv>> = {
    'without systemd': {},
    'passed to another process': { LISTEN_PID: '8', LISTEN_FDS: '1' },
    'passed to nobody': { LISTEN_FDS: '1' },
    'no number of them': { LISTEN_PID: '7', LISTEN_FDS: '' },
    'not even one': { LISTEN_PID: '7', LISTEN_FDS: '0' },
    'a strange number': { LISTEN_PID: '7', LISTEN_FDS: '-1' },
  };
  for (const [name, environment] of Object.entries(environments)) {
    test(name, () => assert.throws(() => takeSystemdSockets(environment, 7), InputError));
  }
});
