import { fromBytes } from '../../model/bytes.ts';

/** An include by its path (apparmor.d(5)); in a comment as well, which costs a look at most. */
const include = /#?include[ \t]+(?:if[ \t]+exists[ \t]+)?(?:"(\/[^"\n]+)"|(\/[^\s,"]+))/g;

/** The files and folders outside of `policy` that a policy file, as bytes, includes. */
export const includedElsewhere = (text: string, policy: string): string[] =>
  [...text.matchAll(include)]
    .map(([, quoted, bare]) => fromBytes(quoted ?? bare ?? ''))
    .filter((path) => path !== policy && !path.startsWith(`${policy}/`));
