/** The landing page as a person meets it: in a real browser, from a real audit. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startChromium } from './chromium.ts';
import { realTest } from './realTest.ts';
import { runCommand } from './runCommand.ts';
import { startExporter } from './startExporter.ts';
import { temporaryFolder } from './temporaryFolder.ts';
import { checkJson } from './virtAudit.ts';

const host = join(import.meta.dirname, '..', 'hosts', 'sample');

/** libvirt takes such a name, and nothing in it is a place to break a line. */
const longName = `<domain type='kvm'><name>${'n'.repeat(240)}</name><uuid>5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a77</uuid></domain>`;

/** Where pictures of the page are kept, to be looked at after a change. */
const pictures = process.env.VIRT_AUDIT_SCREENSHOTS;

realTest(
  'the page shows the findings as a table that can be read, heard and scrolled',
  ['chromium'],
  async (context) => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'long.xml'), longName);
    const audited = ['--domains', join(host, 'domains'), '--domains', folder.path, '--root', join(host, 'root')];
    const exporter = await startExporter(audited);
    context.after(exporter.stop);
    await exporter.ready();
    const browser = await startChromium();
    context.after(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(300_000);
    const asked: string[] = [];
    const said: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    const answer = await page.goto(`http://${exporter.address}/`);
    assert.equal(answer?.status(), 200);

    // Through the browser's eyes for those who can't see: roles and names, as computed from the page.
    const findings = page.getByRole('table', { name: 'Findings, gravest first' });
    assert.deepEqual(await findings.getByRole('columnheader').allTextContents(), [
      'Severity',
      'Outcome',
      'Rule',
      'Target',
      'Place or reason',
    ]);
    const rows = findings.getByRole('row');
    const { report } = await checkJson(runCommand, audited);
    const found = report.findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'error');
    // What is wrong with both definitions of a domain is one row.
    const expected = [
      ...new Map(found.map(({ definition, ...finding }) => [JSON.stringify(finding), finding])).values(),
    ];
    assert.ok(expected.length > 5);
    assert.equal(await rows.count(), expected.length + 1);
    assert.equal(await findings.getByRole('rowheader').count(), expected.length);
    assert.match((await rows.nth(1).textContent()) ?? '', /^critical *fail/);
    assert.equal(await page.getByRole('table', { name: 'Sources of evidence' }).getByRole('row').count(), 4);
    assert.match(
      (await page.getByText(/The last audit ended/).textContent()) ?? '',
      /ended \d+ seconds? ago and is complete\./,
    );
    // What to do is a key away, and without any script.
    const more = page.getByText('Why, and what to do').first();
    const remedy = page.getByText('virt-audit check --rule').first();
    assert.equal(await remedy.isVisible(), false);
    await more.focus();
    await page.keyboard.press('Enter');
    assert.equal(await remedy.isVisible(), true);
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'virt-audit');
    // Who listens goes from heading to heading.
    assert.deepEqual(await page.getByRole('heading', { level: 2 }).allTextContents(), [
      'Findings, gravest first',
      'Sources of evidence',
    ]);
    assert.equal(await page.getByRole('region', { name: 'Findings, gravest first' }).count(), 1);

    // The style got through its own policy, and nothing else was asked for.
    assert.equal(await page.evaluate('getComputedStyle(document.querySelector("h2")).fontWeight'), '600');
    assert.deepEqual(said, []);
    assert.deepEqual(
      asked.filter((url) => !url.endsWith('/favicon.ico')),
      [`http://${exporter.address}/`],
    );
    const contrasts = await page.evaluate(contrastsOfText);
    assert.deepEqual(contrasts, [], 'text with less than 4.5:1 (WCAG 2.2, 1.4.3)');

    assert.deepEqual(
      await page.evaluate(
        '[...document.querySelectorAll(".wide")].map((table) => table.scrollWidth <= table.clientWidth)',
      ),
      [true, true],
      'a long name does not widen the table',
    );

    // On a telephone the tables scroll by themselves, and the page does not.
    await page.setViewportSize({ width: 390, height: 800 });
    assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.deepEqual(await page.evaluate(contrastsOfText), [], 'dark, text with less than 4.5:1');
    if (pictures !== undefined) {
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, 'narrow-dark.png') });
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.emulateMedia({ colorScheme: 'light' });
      await page.screenshot({ path: join(pictures, 'wide-light.png') });
      await page.screenshot({ path: join(pictures, 'whole.png'), fullPage: true });
    }

    await page.getByRole('link', { name: 'Metrics' }).click();
    assert.match((await page.locator('body').textContent()) ?? '', /virt_audit_rule_targets\{/);
  },
);

/** Runs in the page: every element with text of its own whose colour is too near its ground's. */
const contrastsOfText = `(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b]
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const groundOf = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour[3] !== 0) return colour;
    }
    return [255, 255, 255];
  };
  return [...document.body.querySelectorAll('*')]
    .filter((element) => [...element.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim() !== ''))
    .map((element) => {
      const pair = [luminance(channels(getComputedStyle(element).color)), luminance(groundOf(element))];
      return { text: element.textContent.slice(0, 40), contrast: (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05) };
    })
    .filter(({ contrast }) => contrast < 4.5);
})()`;
