/** The program's name and version; a test holds the version against package.json. */
export const program = { name: 'virt-audit', version: '0.1.0' } as const;
