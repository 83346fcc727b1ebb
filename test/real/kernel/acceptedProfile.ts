import { spawnSync } from 'node:child_process';
import type { Random } from '../../apparmor/random.ts';
import { type RandomProfile, randomProfile } from './randomProfile.ts';

/**
 * Some patterns take apparmor_parser minutes, and more in an emulated machine. It gets one second of the processor, not of
 * the clock, so that a seed gives the same profiles on a busy machine. Without jobs it has no children who would go on.
 */
const compile = 'ulimit -t 1; exec apparmor_parser --skip-kernel-load --skip-cache --stdout --jobs=0';

/** A random profile that the real apparmor_parser takes, and in good time. */
export const acceptedProfile = (random: Random, name: string, flags: string): RandomProfile => {
  for (;;) {
    const profile = randomProfile(random, name, flags);
    const input = Buffer.from(profile.text, 'latin1');
    const { error, status } = spawnSync('sh', ['-c', compile], { input, maxBuffer: 2 ** 28 });
    if (error !== undefined) throw error;
    if (status === 0) return profile;
  }
};
