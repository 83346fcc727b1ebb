/** Which XML of a domain is meant: `live` is what runs, `config` is what starts next. */
export const definitions = ['live', 'config'] as const;

export type Definition = (typeof definitions)[number];
