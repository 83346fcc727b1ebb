import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { escapeHtml } from '../../src/exporter/escapeHtml.ts';
import { page, renderPage as render } from '../../src/exporter/renderPage.ts';
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
      'web (live)',
      '<code>/domain/devices/channel/0/target/@name</code>: expected length at least 1',
      '/sys/kernel/security/apparmor/profiles: permission denied',
      'Source host failed:</strong> --root /mnt: ENOENT',
      'took 0.25 s and is incomplete',
      `Version ${program.version}`,
    ]) {
      assert.ok(html.includes(words), words);
    }
    assert.match(html, /^<!DOCTYPE html>\n<html lang="en">/);
    assert.equal(html.match(/<tr><td>/g)?.length, 2);
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
    'a rule': { ...sampleReport, rules: [{ ...sampleReport.rules[0], id: failing.rule, title: hostile }] },
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
    const html = renderPage({ ...sampleReport, findings: Array.from({ length: 503 }, () => failing) });
    assert.equal(html.match(/<tr><td>/g)?.length, 500);
    assert.match(html, /<p>3 more: run <code>virt-audit check<\/code>/);
  });
  test('around other content', () => assert.ok(page('<p>content</p>', '/metrics').includes('\n<p>content</p>\n')));
});
