import { defaultParameters, type Parameters } from '../../model/parameters.ts';
import type { Settings } from './settings.ts';

/** Several settings as one. */
export interface MergedSettings extends Required<Omit<Settings, 'parameters'>> {
  parameters: Parameters;
}

/** Settings laid over each other: what is skipped adds up, and of severities and parameters the later one counts. */
export const mergeSettings = (layers: readonly Settings[]): MergedSettings => ({
  skip: layers.flatMap(({ skip = [] }) => skip),
  skipTags: layers.flatMap(({ skipTags = [] }) => skipTags),
  severities: Object.assign({}, ...layers.map(({ severities }) => severities)),
  parameters: Object.assign({}, defaultParameters, ...layers.map(({ parameters }) => parameters)),
});
