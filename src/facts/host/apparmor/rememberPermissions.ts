import { InUse } from '../../../model/inUse.ts';
import type { Confinement, Permission } from './confinement.ts';

/** A confinement that does not think twice about one question. */
export interface RememberedConfinement extends Confinement {
  /** Questions that were not asked since the last call are forgotten. */
  endRound(): void;
}

/** `confinement`, with its answers remembered. */
export const rememberPermissions = (confinement: Confinement): RememberedConfinement => {
  const known = new InUse<Permission>();
  return {
    permits: (profiles, path, accesses) =>
      known.get(
        // No path and no profile's name has a NUL.
        `${profiles.join('\0')}\0\0${path}\0${accesses.join()}`,
        (last) => last ?? confinement.permits(profiles, path, accesses),
      ),
    endRound: () => known.endRound(),
  };
};
