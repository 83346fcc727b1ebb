/** The curves that exporter-toolkit knows, by OpenSSL's names. */
export const curves = {
  CurveP256: 'P-256',
  CurveP384: 'P-384',
  CurveP521: 'P-521',
  X25519: 'X25519',
} as const;

export type Curve = keyof typeof curves;

/** OpenSSL's list of groups, the preferred first. */
export const groupList = (names: readonly Curve[]): string => [...new Set(names)].map((name) => curves[name]).join(':');
