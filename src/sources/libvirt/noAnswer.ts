/** What is said of a daemon that was waited for in vain, for so many milliseconds. A restart of it leaves domains running. */
export const noAnswer = (uri: string, milliseconds: number): string =>
  `${uri}: no answer within ${milliseconds / 1000} s; is the daemon hung? (systemctl status libvirtd; its restart leaves domains running)`;
