import type { Finding, Violation } from '../model/finding.ts';
import { type FoldedFinding, foldDefinitions } from '../model/foldDefinitions.ts';
import type { Report } from '../model/report.ts';
import type { RuleInfo } from '../model/rule.ts';
import { type Severity, severities } from '../model/severity.ts';
import { type SharedReason, sharedReasons } from '../model/sharedReasons.ts';
import { failedSources } from '../model/source.ts';
import type { JudgedWaiver, Waiver, WaiverState } from '../model/waiver.ts';
import { closing } from './closing.ts';
import { type Paint, paintFor, type Style } from './paint.ts';
import { printable } from './printable.ts';
import type { Reporter } from './reporter.ts';
import { byRule, reportView } from './reportView.ts';
import { upgradeLines } from './upgradeLines.ts';
import { wrap } from './wrap.ts';

const severityStyle: Readonly<Record<Severity, Style>> = {
  critical: ['bold', 'red'],
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  info: 'gray',
};

const width = 100;

/** A label in a column of its own, the text beside it wrapped. */
const labelled = (label: string, text: string, paint: Paint): string[] =>
  wrap(text.trimEnd().split('\n').map(printable).join('\n'), width - 9).map(
    (line, index) => `    ${paint('gray', index === 0 ? label.padEnd(5) : '     ')}${line}`,
  );

const actual = ({ actual: value }: Violation): string => {
  if (value === undefined) return 'nothing is there';
  const words = JSON.stringify(value);
  return `found ${words.length > 400 ? `${words.slice(0, 400)}…` : words}`;
};

const place = ({ finding, definitions }: FoldedFinding, paint: Paint): string[] => {
  const { kind, name } = finding.target;
  const which = definitions.length === 0 ? '' : ` (${definitions.join(' and ')})`;
  const head = `    ${paint('bold', printable(`${kind} ${name}${which}`))}`;
  switch (finding.outcome) {
    case 'fail': {
      const lines = finding.violations.map((violation) =>
        printable(`      ${violation.at}: ${violation.message}; ${actual(violation)}`),
      );
      return [head, ...lines, ...(finding.reason === undefined ? [] : [`      ${printable(finding.reason)}`])];
    }
    case 'error':
      return [head, `      ${printable(finding.reason)}`];
    case 'pass':
    case 'notapplicable':
      return [];
  }
};

const explanation = (rule: RuleInfo, paint: Paint): string[] => [
  ...labelled('why', rule.rationale, paint),
  ...labelled('fix', rule.remediation, paint),
  ...rule.references.flatMap(({ title, url }) => labelled('see', `${title} ${url}`, paint)),
];

const section = (rule: RuleInfo, findings: readonly Finding[], paint: Paint): string[] => {
  const failed = findings.some(({ outcome }) => outcome === 'fail');
  const severity = paint(severityStyle[rule.severity], rule.severity.toUpperCase());
  const mark = failed ? paint('red', '✗') : paint('magenta', '?');
  return [
    `${mark} ${severity} ${paint('bold', rule.title)} ${paint('gray', `[${rule.id}]`)}`,
    ...foldDefinitions(findings).flatMap((each) => place(each, paint)),
    ...(failed ? explanation(rule, paint) : []),
    '',
  ];
};

const sourceLines = ({ sources }: Report, paint: Paint): string[] =>
  failedSources(sources).map(
    ({ names, reason }) =>
      `${paint('magenta', '!')} source${names.length === 1 ? '' : 's'} ${names.map(printable).join(' and ')}: ${printable(reason)}`,
  );

const isOpen = (finding: Finding): boolean => finding.outcome === 'fail' && finding.waiver === undefined;

const until = ({ expires }: Waiver): string => (expires === undefined ? 'PERMANENTLY' : `through ${expires} (UTC)`);

/** Waived findings stay in sight: one line for each rule and waiver. */
const waived = ({ findings }: Report, paint: Paint): string[] => {
  const lines = new Map<Waiver, Finding[]>();
  for (const finding of findings) {
    if (finding.outcome !== 'fail' || finding.waiver === undefined) continue;
    lines.set(finding.waiver, [...(lines.get(finding.waiver) ?? []), finding]);
  }
  return [...lines].flatMap(([waiver, covered]) => {
    const names = [...new Set(covered.map(({ target }) => printable(target.name)))].join(', ');
    const severity = covered[0]?.severity ?? 'info';
    const head = `${paint('gray', '~')} ${severity.toUpperCase()} waived ${until(waiver)}: ${waiver.rule}`;
    return [`${head} on ${names}`, `    ${paint('gray', 'reason')} ${printable(waiver.reason)}`];
  });
};

const ended: Readonly<Record<WaiverState, (waiver: JudgedWaiver) => string | undefined>> = {
  active: () => undefined,
  unused: () => 'unused: nothing there fails, so it can go',
  unmatched: () => 'matches no finding: no such domain or rule here',
  unjudged: () => 'was not judged there, so nobody knows whether it is needed',
  expired: ({ expires = '' }) => `expired on ${expires}: what it covered counts again`,
};

/** Waivers that cover nothing, or not any more. */
const waivers = ({ waivers: all }: Report, paint: Paint): string[] =>
  all.flatMap((waiver) => {
    const words = ended[waiver.state](waiver);
    const place = waiver.domains === undefined ? 'the host' : waiver.domains.map(printable).join(', ');
    return words === undefined ? [] : [`${paint('yellow', '!')} waiver of ${waiver.rule} on ${place} ${words}`];
  });

/** How many of those whom one reason concerns are named, and how many rules. */
const mostNames = 12;
const mostRules = 24;

const some = (names: readonly string[], most: number): string =>
  names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;

/** Findings are sorted by severity. */
const gravestOf = ({ findings }: SharedReason): Severity => findings[0]?.severity ?? 'info';

/** What one reason kept from being judged, in one place. */
const unjudged = (shared: SharedReason, paint: Paint): string[] => {
  const { reason, findings } = shared;
  const severity = gravestOf(shared);
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const targets = [...new Set(findings.map(({ target }) => `${target.kind} ${target.name}`))].map(printable);
  return [
    `${paint('magenta', '?')} ${paint(severityStyle[severity], severity.toUpperCase())} ${paint('bold', `${rules.length} rules could not be judged, all for one reason`)}`,
    `    ${paint('bold', some(targets, mostNames))}`,
    `      ${printable(reason)}`,
    ...wrap(`rules ${some(rules, mostRules)}`, width - 4).map((line) => `    ${paint('gray', line)}`),
    '',
  ];
};

/** What was found, gravest first; of one severity what could be judged before what could not. */
const foundSections = ({ findings, rules: infos }: Report, paint: Paint): string[] => {
  const rules = new Map(infos.map((rule) => [rule.id, rule]));
  const { shared, others } = sharedReasons(findings);
  const open = byRule(others.filter((finding) => isOpen(finding) || finding.outcome === 'error'));
  const sections = [...open].flatMap(([id, of]) => {
    const rule = rules.get(id);
    return rule === undefined ? [] : [{ severity: rule.severity, lines: section(rule, of, paint) }];
  });
  const reasons = shared.map((each) => ({ severity: gravestOf(each), lines: unjudged(each, paint) }));
  return [...sections, ...reasons]
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
    .flatMap(({ lines }) => lines);
};

/** For people: what is wrong, where, why, and what to do about it, gravest first. */
export const text: Reporter = (whole, { color, minSeverity }) => {
  const paint = paintFor(color);
  const report = reportView(whole, minSeverity);
  const blocks = [sourceLines(report, paint), waived(report, paint), waivers(report, paint)];
  const lines = [
    ...(report.upgrade === undefined ? [] : upgradeLines(report.upgrade, whole.rules)),
    ...foundSections(report, paint),
    ...blocks.flatMap((block) => (block.length > 0 ? [...block, ''] : [])),
    ...closing(whole, minSeverity, paint),
  ];
  return `${lines.join('\n')}\n`;
};
