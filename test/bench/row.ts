/** One line of the bench's table. */
export interface Row {
  what: string;
  measured: string;
  /** What it is held against, and what that came to. */
  against: string;
  /** The figure that the target is about. */
  figure?: number;
  /** The most that the figure may be; absent where the row only tells. */
  target?: number;
  unit?: string;
}

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

const verdict = ({ figure, target }: Row): string =>
  figure === undefined || target === undefined ? '' : figure <= target ? 'holds' : 'MISSED';

const cells = (row: Row): string[] => [
  row.what,
  row.measured,
  row.against,
  row.figure === undefined ? '' : `${row.figure.toFixed(2)}${row.unit ?? '×'}`,
  row.target === undefined ? '' : `≤ ${row.target}${row.unit ?? '×'}`,
  verdict(row),
];

/** The rows as a Markdown table. */
export const table = (rows: readonly Row[]): string => {
  const head = ['What', 'virt-audit', 'Against', 'Figure', 'Target', ''];
  const lines = [head, head.map(() => '---'), ...rows.map(cells)];
  return lines.map((line) => `| ${line.join(' | ')} |\n`).join('');
};

export const missed = (rows: readonly Row[]): Row[] => rows.filter((row) => verdict(row) === 'MISSED');
