import type { ImageHeader } from '../../model/imageHeader.ts';

/** Who serves an image. */
export interface ImageHost {
  name?: string | undefined;
  port?: string | undefined;
  socket?: string | undefined;
}

const told = (attributes: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).flatMap(([key, value]) => (value ? [[key, value]] : [])));

/** An image that is served over a network, as the `<source>` of a disk names it (formatdomain, "Hard drives"). */
export const networkSource = (
  protocol: string,
  name: string,
  hosts: readonly ImageHost[],
  config?: string,
): Pick<ImageHeader, 'network'> => ({
  network: {
    '@protocol': protocol,
    '@name': name,
    ...(hosts.length === 0
      ? {}
      : { host: hosts.map((each) => told({ '@name': each.name, '@port': each.port, '@socket': each.socket })) }),
    ...(config === undefined ? {} : { config: { '@file': config } }),
  },
});
