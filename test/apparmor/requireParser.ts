import { requirePackage } from './requirePackage.ts';

/** Where it is, also for users whose PATH leaves sbin out. */
export const parserPath = '/sbin/apparmor_parser';

/** Options for a test that runs apparmor_parser. */
export const requireParser = requirePackage('apparmor', parserPath);
