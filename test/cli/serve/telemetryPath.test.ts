import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkTelemetryPath } from '../../../src/cli/serve/telemetryPath.ts';
import { InputError } from '../../../src/model/inputError.ts';

for (const path of ['/metrics', '/a/b', '/-/metrics', '/a%20b', '/~a:b@c'])
  test(`${path} can be asked for`, () => checkTelemetryPath(path));

for (const path of ['', 'metrics', '/a?b', '/a#b', '/a b', '/m\u00e9', '//elsewhere.example/x', '/%zz', '/a\n'])
  test(`${JSON.stringify(path)} can't`, () =>
    assert.throws(
      () => checkTelemetryPath(path),
      (error) => error instanceof InputError && /expected \/PATH/.test(error.message),
    ));

for (const path of ['/', '/-/healthy', '/-/ready'])
  test(`${path} is something else`, () =>
    assert.throws(
      () => checkTelemetryPath(path),
      (error) => error instanceof InputError && /is served already/.test(error.message),
    ));
