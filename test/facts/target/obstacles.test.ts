import assert from 'node:assert/strict';
import { test } from 'node:test';
import { obstaclesOf } from '../../../src/facts/target/obstacles.ts';
import { offersOf } from '../../../src/facts/target/offers.ts';
import { parseXml } from '../../../src/facts/xml/parseXml.ts';
import type { JsonObject } from '../../../src/model/json.ts';

const xml = `<domain type='kvm'><os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>
  <devices><video><model type='qxl'/></video></devices></domain>`;

test('of a target that told nothing of devices, what is in a saved state’s way is unknown', () => {
  const parsed = parseXml(xml, ['domain']);
  assert.ok(parsed.ok);
  const { obstacles, unknown } = obstaclesOf(
    parsed.document.domain as JsonObject,
    offersOf({ name: 'new', documents: [] }),
  );
  assert.deepEqual(obstacles, []);
  assert.match(unknown ?? '', /pc-q35|capabilities/);
});
