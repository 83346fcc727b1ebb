import { type Change, type ChangeKind, changeKinds, type Place } from '../model/change.ts';
import { printable } from './printable.ts';

const heading: Readonly<Record<ChangeKind, string>> = {
  new: 'New',
  changed: 'Changed',
  fixed: 'Fixed',
  gone: 'Not in the later report, or not to be judged there: that is no mending',
  unchanged: 'Unchanged',
};

const mark: Readonly<Record<ChangeKind, string>> = { new: '+', changed: '~', fixed: '-', gone: '?', unchanged: ' ' };

const found = ({ outcome, waived, actual }: Place): string =>
  outcome === 'error'
    ? 'could not be judged'
    : `${actual === undefined ? 'nothing is there' : `found ${JSON.stringify(actual)}`}${waived ? ', waived' : ''}`;

const about = ({ target, definition, at, message }: Place): string =>
  `${target.kind} ${target.name}${definition === undefined ? '' : ` (${definition})`} ${at === '' ? '' : `${at}: `}${message}`;

const line = ({ kind, before, after }: Change): string => {
  const place = after ?? before;
  if (place === undefined) return '';
  const values =
    kind === 'changed' && before !== undefined && after !== undefined && found(before) !== found(after)
      ? `${found(before)}, now ${found(after)}`
      : found(place);
  return printable(`${mark[kind]} ${place.severity.toUpperCase()} ${place.rule}: ${about(place)}; ${values}`);
};

/** What changed between two reports, for people: one line a place under a heading for each kind. */
export const changesText = (changes: readonly Change[], all: boolean): string => {
  const of = (kind: ChangeKind): readonly Change[] => changes.filter((change) => change.kind === kind);
  const sections = changeKinds
    .filter((kind) => of(kind).length > 0 && (all || kind !== 'unchanged'))
    .map((kind) => [`${heading[kind]}:`, ...of(kind).map(line), ''].join('\n'));
  const counts = changeKinds.map((kind) => `${of(kind).length} ${kind}`).join(', ');
  return `${[...sections, `${counts}.`].join('\n')}\n`;
};

/** The same for programs. */
export const changesJson = (changes: readonly Change[]): string =>
  `${JSON.stringify({ schemaVersion: 1, changes }, null, 2)}\n`;
