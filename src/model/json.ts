/** A JSON value: facts are made of nothing else, so that rules stay plain JSON Schema. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: Json;
}
