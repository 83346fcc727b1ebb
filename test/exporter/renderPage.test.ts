import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { escapeHtml } from '../../src/exporter/escapeHtml.ts';
import { page, pagePolicy } from '../../src/exporter/page.ts';
import { renderPage as render } from '../../src/exporter/renderPage.ts';
import type { Finding } from '../../src/model/finding.ts';
import { program } from '../../src/model/program.ts';
import type { Report } from '../../src/model/report.ts';
import { emptyReport, findings, sampleReport } from '../reporters/sampleReport.ts';

const renderPage = (report: Report): string => render(report, '/metrics');

const hostile = `<script>alert('x')</script>"&`;
const harmless = '&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;';

test('the five characters of HTML', () => {
  assert.equal(escapeHtml(hostile), harmless);
  assert.equal(escapeHtml('&amp; ü'), '&amp;amp; ü');
});

test('no character that steers a terminal or turns the text around it', () => {
  assert.equal(escapeHtml('a\u0000b\u001bc\u009bd\u202ee\u2066f'), 'a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf');
});

describe('the landing page', () => {
  const [, failing] = findings;
  assert.ok(failing?.outcome === 'fail');
  test('says what was found, where, and how the audit went', () => {
    const html = renderPage(sampleReport);
    for (const words of [
      'Every virtio channel has a name',
      'web <span class="soft">(live)</span>',
      '<code>/domain/devices/channel/0/target/@name</code>: expected length at least 1',
      '/sys/kernel/security/apparmor/profiles: permission denied',
      '<th scope="row">host</th><td><span class="mark failed">failed</span></td><td>0.010 s</td><td>--root /mnt: no such file or folder</td>',
      'The last audit ended <strong><!--age--></strong> and is <span class="mark failed">incomplete</span>',
      'took 0.25 s.</span></p><!--failure-->',
      'Failing: <span class="mark high">1 high</span>. Outcomes on 1 domain and the host: 1 fail, 1 error, 1 pass, 0 not applicable.',
      `>${program.version}<`,
    ]) {
      assert.ok(html.includes(words), words);
    }
    assert.match(html, /^<!DOCTYPE html>\n<html lang="en">/);
    assert.equal(html.match(/<tr><td>/g)?.length, 2);
  });
  test('its style is the one that its policy lets in', () => {
    const [, style = ''] = /<style>(.*)<\/style>/s.exec(renderPage(sampleReport)) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    assert.ok(pagePolicy.includes(`style-src 'sha256-${hash}'`), pagePolicy);
    assert.doesNotMatch(pagePolicy, /unsafe/);
    assert.doesNotMatch(renderPage(sampleReport), / style=| on[a-z]+=|<script/);
  });
  test('of many places shows a few', () => {
    const violations = Array.from({ length: 7 }, (_, index) => ({ at: `/${index}`, message: 'wrong' }));
    const html = renderPage({ ...sampleReport, findings: [{ ...failing, violations }] });
    assert.ok(html.includes('<li><code>/4</code>: wrong</li><li>and 2 more</li></ul>'), html);
  });
  test('begins with what could not be read, and does not take that for what is there', () => {
    const reason = 'no answer within 8 s';
    const sources = [{ name: 'libvirt', ok: false, seconds: 8, reason }];
    const html = renderPage({ ...emptyReport, sources, summary: { ...emptyReport.summary, complete: false } });
    assert.match(
      html,
      /<!--failure-->\n<ul class="places"><li><span class="mark failed">libvirt<\/span> could not be read: no answer within 8 s<\/li><\/ul>\n/,
    );
    assert.match(html, /Outcomes on the host, whose domains are not known: /);
    assert.match(html, /<p>Nothing was found in what could be read\.<\/p>/);
    assert.match(renderPage(emptyReport), /Outcomes on 0 domains and the host: /);
    assert.doesNotMatch(renderPage(emptyReport), /could not be read|not known/);
  });
  test('says of each rule that fails, once, why that matters and what to do', () => {
    const other = { ...failing, target: { ...failing.target, name: 'db' } };
    const html = renderPage({ ...sampleReport, findings: [other, failing] });
    assert.equal(html.match(/<tr><td>/g)?.length, 2);
    assert.equal(
      html.match(/<details>.*<\/details>/gs)?.join(),
      '<details><summary>Why, and what to do</summary><p>A port without a name has no link under /dev/virtio-ports.</p>' +
        '<p>virsh edit DOMAIN and name it:</p><pre>  &lt;target type=&#39;virtio&#39; name=&#39;org.example.thing.0&#39;/&gt;</pre>' +
        '<p>What was found, on the host: <code>virt-audit check --rule channel-target-named</code></p></details>',
    );
    const [, , error] = findings;
    assert.ok(error?.outcome === 'error');
    assert.doesNotMatch(renderPage({ ...sampleReport, findings: [error] }), /<details>/);
  });
  test('of nothing', () => assert.match(renderPage(emptyReport), /<p>Nothing was found\.<\/p>/));
  const target = { ...failing.target, name: hostile };
  const hostiles = {
    'a name': { ...sampleReport, findings: [{ ...failing, target }] },
    'a place and a message': {
      ...sampleReport,
      findings: [{ ...failing, violations: [{ at: hostile, message: hostile }] }],
    },
    'an error': {
      ...sampleReport,
      findings: [{ rule: 'r', severity: 'low', target, outcome: 'error', reason: hostile }],
    },
    'a rule': {
      ...sampleReport,
      rules: [{ ...sampleReport.rules[0], id: failing.rule, title: hostile, rationale: hostile, remediation: hostile }],
    },
    'a source': { ...sampleReport, sources: [{ name: hostile, ok: false, seconds: 0, reason: hostile }] },
  } as unknown as Readonly<Record<string, typeof sampleReport>>;
  for (const [name, report] of Object.entries(hostiles)) {
    test(`${name} stays text`, () => {
      const html = renderPage(report);
      assert.ok(html.includes(harmless), html);
      assert.doesNotMatch(html, /<script/);
    });
  }
  test('shows no more than a person reads, and says how many more there are', () => {
    const many = Array.from({ length: 1006 }, (_, index): Finding => {
      const name = `web${Math.floor(index / 2)}`;
      return { ...failing, target: { ...failing.target, name }, definition: index % 2 === 0 ? 'config' : 'live' };
    });
    const html = renderPage({ ...sampleReport, findings: many });
    assert.equal(html.match(/<tr><td>/g)?.length, 500);
    assert.match(html, />web499 <span class="soft">\(config and live\)</);
    assert.match(html, /<p>6 more findings: run <code>virt-audit check<\/code>/);
  });
  test('what is wrong in both definitions is one row, and only what is the same in both', () => {
    const config: Finding = { ...failing, definition: 'config' };
    const other: Finding = { ...config, violations: [{ at: '/elsewhere', message: 'expected more' }] };
    const rowsOf = (...found: Finding[]) =>
      renderPage({ ...sampleReport, findings: found }).match(/\((config|live|config and live)\)/g);
    assert.deepEqual(rowsOf(config, failing), ['(config and live)']);
    assert.deepEqual(rowsOf(other, failing), ['(config)', '(live)']);
  });
  test('one reason that kept many rules from being judged is one row, behind what failed as gravely', () => {
    const reason = 'web.xml: not well-formed';
    const rules = ['a', 'b', 'c', 'd'];
    const errors = rules.map((rule): Finding => ({ ...failing, rule, outcome: 'error', reason }));
    const html = renderPage({ ...sampleReport, findings: [...errors, failing] });
    const [, first = '', second = '', ...more] = html.split('<tr><td>');
    assert.deepEqual(more, []);
    assert.ok(first.includes('channel-target-named'), first);
    assert.ok(
      second.includes('<th scope="row">4 rules could not be judged, all for one reason</th><td>web</td>'),
      second,
    );
    assert.ok(second.includes(`<td>${reason}<details><summary>Which rules</summary><p>a, b, c, d</p></details></td>`));
    const graver = errors.map((finding): Finding => ({ ...finding, severity: 'critical' }));
    assert.match(renderPage({ ...sampleReport, findings: [...graver, failing] }), /<tbody><tr><td>[^\n]*4 rules/);
    const three = renderPage({ ...sampleReport, findings: errors.slice(1) });
    assert.equal(three.match(/<tr><td>/g)?.length, 3);
  });
  test('of many domains with one reason names a few', () => {
    const reason = 'the policy could not be read';
    const errors = Array.from({ length: 28 }, (_, index): Finding => {
      const target = { ...failing.target, name: `web${index % 7}` };
      return { ...failing, target, rule: `r${Math.floor(index / 7)}`, outcome: 'error', reason };
    });
    const html = renderPage({ ...sampleReport, findings: errors });
    assert.ok(html.includes('<li>web4</li><li>and 2 more</li></ul>'), html);
    assert.doesNotMatch(html, /web5|more findings/);
  });
  test('sources that one reason keeps from being read are told of together', () => {
    const reason = 'no libvirt daemon';
    const failed = ['libvirt', 'capabilities'].map((name) => ({ name, ok: false, seconds: 0, reason }));
    const html = renderPage({ ...emptyReport, sources: failed });
    assert.ok(
      html.includes(
        '<li><span class="mark failed">libvirt</span> and <span class="mark failed">capabilities</span> could not be read: no libvirt daemon</li>',
      ),
    );
  });
  test('what is waived is counted apart from what fails', () => {
    const { summary } = sampleReport;
    const waived = { ...summary, failures: summary.waived, waived: summary.failures };
    assert.match(
      renderPage({ ...sampleReport, summary: waived }),
      /Nothing fails\. Outcomes on 1 domain and the host: 0 fail, 1 waived, 1 error, /,
    );
  });
  test('says whose page it is, of the host’s own findings', () => {
    assert.match(renderPage(sampleReport), /<title>kvm1: virt-audit<\/title>.*<strong>kvm1<\/strong>/s);
    assert.match(renderPage(emptyReport), /<title>virt-audit<\/title>/);
  });
  test('says where a restart will mend it', () =>
    assert.ok(renderPage(sampleReport).includes(`<p>${failing.reason}</p>`)));
  test('around other content', () => assert.ok(page('<p>content</p>', '/metrics').includes('\n<p>content</p>\n')));
});
