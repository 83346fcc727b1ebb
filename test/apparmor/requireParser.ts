import { requirePackage } from './requirePackage.ts';

/** Options for a test that runs apparmor_parser. */
export const requireParser = requirePackage('apparmor', '/sbin/apparmor_parser');
