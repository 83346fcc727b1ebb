import { severities } from '../../model/severity.ts';

const texts = { type: 'array', items: { type: 'string', minLength: 1 } };

/** What every file of settings may say: profiles and configurations. */
export const settingsProperties = {
  skip: texts,
  skipTags: texts,
  severities: { type: 'object', additionalProperties: { enum: [...severities] } },
  parameters: {
    type: 'object',
    additionalProperties: false,
    properties: {
      socketsPath: { type: 'string', pattern: '^/' },
      systemVmName: { type: 'string', minLength: 1 },
      snapshotPolicy: { enum: ['none', 'quiesced'] },
      mustMigrate: { type: 'boolean' },
      expectTls: { type: 'boolean' },
      managedSocketDirectories: { type: 'array', items: { type: 'string', pattern: '^/' } },
    },
  },
};

const waiver = {
  type: 'object',
  additionalProperties: false,
  required: ['rule', 'reason'],
  properties: {
    rule: { type: 'string', minLength: 1 },
    domains: { ...texts, minItems: 1 },
    host: { const: true },
    reason: { type: 'string', minLength: 8 },
    expires: { type: 'string' },
    permanent: { const: true },
    owner: { type: 'string', minLength: 1 },
    ticket: { type: 'string', minLength: 1 },
  },
};

/** virt-audit.yaml, as a JSON Schema. */
export const configSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    profile: { type: 'string', minLength: 1 },
    rules: texts,
    ...settingsProperties,
    waivers: { type: 'array', items: waiver },
  },
};

/** rules/profiles/NAME.yaml, as a JSON Schema. */
export const profileSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['title'],
  properties: { title: { type: 'string', minLength: 8 }, ...settingsProperties },
};
