import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sharedPaths } from '../../../../src/facts/domain/channels/sharedPaths.ts';
import { channel, parsed } from '../domainXml.ts';

const at = (path: string, mode?: string) => channel({ path, name: 'a', ...(mode === undefined ? {} : { mode }) });
const web = parsed(at('/srv/a'), { called: 'web', id: '1' });
const webLive = parsed(at('/srv/a'), { called: 'web', id: '1', definition: 'live' });
const db = parsed(at('/srv/a'), { called: 'db', id: '2' });
const app = parsed(at('/srv/a') + at('/srv/b'), { called: 'app', id: '3' });
const client = parsed(at('/srv/a', 'connect'), { called: 'client', id: '4' });
const twin = parsed(at('/srv/a'), { called: 'web', id: '5' });

describe('who else listens on a path', () => {
  test('nobody', () => assert.deepEqual(sharedPaths([web])('/srv/a', web), []));
  test('others, by name in order', () => assert.deepEqual(sharedPaths([web, db, app])('/srv/a', web), ['app', 'db']));
  test('not one’s own other definition', () => assert.deepEqual(sharedPaths([web, webLive])('/srv/a', web), []));
  test('another of the same name', () => assert.deepEqual(sharedPaths([web, twin])('/srv/a', web), ['web']));
  test('not on another path', () => assert.deepEqual(sharedPaths([web, app])('/srv/b', app), []));
  test('not those who connect', () => assert.deepEqual(sharedPaths([web, client])('/srv/a', web), []));
  test('domains without uuid go by their names', () => {
    const [a, b] = [parsed(at('/srv/a'), { called: 'a', id: '' }), parsed(at('/srv/a'), { called: 'b', id: '' })];
    assert.deepEqual(sharedPaths([a, b])('/srv/a', a), ['b']);
  });
});
