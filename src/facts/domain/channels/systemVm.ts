import type { JsonObject } from '../../../model/json.ts';

/** CloudStack names its system VMs `r-4-VM` (router), `s-1-VM` (secondary storage), `v-2-VM` (console proxy). */
const byDefault = /^[rsv]-\d+-VM$/;

/** `VM` is the installation's `instance.name`, which an administrator may change. */
const onCloudstack = /^[rsv]-\d+-[^-]+$/;

/**
 * `systemVm`: present when the domain is a CloudStack system VM, with the name that its `.vport` channel has.
 *
 * @param pattern the operator's own word on how system VMs are called
 */
export const systemVm = (name: string, isCloudstack: boolean, pattern?: string): JsonObject => {
  const expected = pattern === undefined ? (isCloudstack ? onCloudstack : byDefault) : new RegExp(pattern, 'u');
  return expected.test(name) ? { systemVm: { vport: `${name}.vport` } } : {};
};
