/** Part of a name, as a regular expression's source, that says that a secret goes by it. */
export const secretName = '(?:passw|passphrase|secret|token|credential|api[-_.]?key|pwd)';
