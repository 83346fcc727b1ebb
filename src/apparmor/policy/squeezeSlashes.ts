/**
 * Runs of slashes in a pattern become one, as the kernel's paths have them; only exactly two at the start stay, a namespace
 * of its own in POSIX that no path on Linux has.
 */
export function squeezeSlashes(glob: string): string {
  const start = /^\/\/(?!\/)/.test(glob) ? '/' : '';
  return start + glob.replace(/\/{2,}/g, '/');
}
