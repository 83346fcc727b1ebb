import type { NamedImage } from './imageHeader.ts';

/** What of the host's file system domains need to be looked at. */
export interface HostPaths {
  /** Of which it matters what is there, not what is in it. */
  paths: readonly string[];
  /** Disk images of which it matters what their headers say. */
  images: readonly NamedImage[];
}
