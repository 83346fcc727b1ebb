import { type Browser, chromium } from 'playwright-core';

/** A headless browser of Debian's, which calls nobody; ends with the test. */
export const startChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    // A busy machine takes more than the half minute that is waited for otherwise.
    timeout: 300_000,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
