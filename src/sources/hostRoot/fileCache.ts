import type { Stats } from 'node:fs';
import type { HostPaths } from '../../model/hostPaths.ts';
import { InUse } from '../../model/inUse.ts';
import { readBytes } from './readBytes.ts';

/** A change within the same tick of the kernel's clock could go unseen: what changed so lately is read again, in ms. */
const settled = 2000;

/** Texts of files, or what was drawn from them, for as long as stat(2) tells of no change. */
export class FileCache {
  /** What mattered in the last round. */
  noted: HostPaths = { paths: [], images: [] };

  readonly #kept = new InUse<{ identity: string; settled: boolean; text: string }>();

  /**
   * A file's bytes, one char for each, or what `draw` makes of them.
   *
   * @param real the path as it is on this machine
   * @param draw must be the same at each call for one path and `most`
   * @param most so many of its first bytes; what is drawn from them is kept apart, since an image may be any file
   * @param until as of `readBytes`
   */
  read(
    real: string,
    stat: Stats,
    draw: (text: string) => string = (text) => text,
    most?: number,
    until?: RegExp,
  ): string {
    // Files of proc(5), sysfs(5) and securityfs occupy no blocks, whatever size they claim, and change without a trace.
    if (stat.size === 0 || stat.blocks === 0) return draw(readBytes(real, most, until));
    const identity = `${stat.dev} ${stat.ino} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`;
    return this.#kept.get(most === undefined ? real : `${most} ${real}`, (last) =>
      last?.identity === identity && last.settled
        ? last
        : { identity, settled: Date.now() - stat.ctimeMs > settled, text: draw(readBytes(real, most, until)) },
    ).text;
  }

  /** What was not read since the last call is forgotten. */
  endRound(): void {
    this.#kept.endRound();
  }
}
