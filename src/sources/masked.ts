/** What stands in the place of a secret (docs/bundle.md). */
export const masked = '[masked]';
