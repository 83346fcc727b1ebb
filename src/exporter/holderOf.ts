/** The eight groups of an IPv6 address, of which RFC 4291 lets one run of zeros be left out. */
const groupsOf = (address: string): string[] => {
  const [head = '', tail] = address.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  if (tail === undefined) return groups(head);
  const zeros = 8 - groups(head).length - groups(tail).length;
  return [...groups(head), ...Array.from({ length: Math.max(zeros, 0) }, () => '0'), ...groups(tail)];
};

/**
 * Who stands behind a client's address, as the kernel writes it: the address itself, or of IPv6 its /64, since that is what
 * one host or one network is given (RFC 6177). IPv4 that came by a socket of both is IPv4. Empty where it is not known any more.
 */
export const holderOf = (address: string | undefined): string => {
  if (address === undefined) return '';
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  return `${groupsOf(address.replace(/%.*$/, '')).slice(0, 4).join(':')}::/64`;
};
