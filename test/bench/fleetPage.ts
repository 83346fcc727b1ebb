/**
 * The page of another host, made of one that was audited: names of domains and uuids become its own, the audit is of now.
 *
 * @param now in seconds since the epoch
 */
export const fleetPage = (page: string, host: number, now: number): string => {
  const tail = host.toString(16).padStart(12, '0');
  return page
    .replaceAll(/([{,]domain=")/g, `$1h${host}-`)
    .replaceAll(/([{,]uuid="[^"]{24})[^"]{12}/g, `$1${tail}`)
    .replace(/^(virt_audit_audit_timestamp_seconds) .*$/m, `$1 ${now.toFixed(3)}`);
};
