import { InputError } from '../../model/inputError.ts';

/** Paths that are something else already. */
const taken = new Set(['/', '/-/healthy', '/-/ready']);

/** One that a request can have as it stands, and that a link on the page can lead to (RFC 3986, path-absolute). */
const servable = /^\/(?!\/)(?:[\w.~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*$/;

/** @throws InputError where nobody could ask for the metrics at this path */
export const checkTelemetryPath = (path: string): void => {
  if (!servable.test(path))
    throw new InputError(`--web.telemetry-path "${path}", expected /PATH as in a URL, without a query`);
  if (taken.has(path)) throw new InputError(`--web.telemetry-path "${path}" is served already; choose another`);
};
