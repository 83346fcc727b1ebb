const types = /^(DNS|IP Address|email|URI):/;

/** An address as Go's net.IP writes it, which for IPv6 is the form of RFC 5952; Node leaves no zeros out. */
const address = (text: string): string => {
  if (!text.includes(':')) return text;
  const shortest = new URL(`http://[${text}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(shortest)?.slice(1);
  if (mapped === undefined) return shortest;
  return mapped.flatMap((word) => [Number.parseInt(word, 16) >> 8, Number.parseInt(word, 16) & 255]).join('.');
};

/**
 * The names of a certificate that `client_allowed_sans` is compared with: DNS, IP, email and URI.
 *
 * @param text as `X509Certificate.subjectAltName` has it: separated by commas, and quoted as JSON where a name has a
 *   comma or the like, so that no name can pose as two (CVE-2021-44532)
 */
export const alternativeNames = (text: string | undefined): string[] =>
  [...(text ?? '').matchAll(/(?:[^",]|"(?:[^"\\]|\\.)*")+/g)]
    .map(([entry]) => entry.trim())
    .flatMap((entry) => {
      const type = types.exec(entry);
      if (type === null) return [];
      const value = entry.slice(type[0].length);
      if (type[1] === 'IP Address') return [address(value)];
      return [value.startsWith('"') ? (JSON.parse(value) as string) : value];
    });
