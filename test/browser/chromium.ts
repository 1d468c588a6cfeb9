/** The system's Chromium, driven by playwright-core, which brings none of its own. */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const PLACES = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A name as an attacker would own it, leading to this machine.
  '--host-resolver-rules=MAP rebound.example 127.0.0.1',
];

/** A page, and what it complained about: scripts that failed or were kept from running. */
export interface OpenPage {
  readonly page: Page;
  readonly complaints: string[];
}

/** One browser for the tests of this file; what it returns opens a page in a fresh profile, closed after the test. */
export function browserForFile(): (options?: BrowserContextOptions) => Promise<OpenPage> {
  let browser: Browser | undefined;
  beforeAll(async () => {
    const executablePath = PLACES.find((path) => path !== undefined && existsSync(path));
    if (executablePath === undefined) {
      throw new Error(
        'There is no Chromium. Debian, Ubuntu: apt-get install --no-install-recommends chromium. Elsewhere: set CHROMIUM to the path of a Chromium or Chrome.',
      );
    }
    browser = await chromium.launch({ executablePath, args: FLAGS });
  });
  afterEach(() => Promise.all(browser!.contexts().map((context) => context.close())));
  afterAll(() => browser?.close());
  return async (options = {}) => {
    const context = await browser!.newContext({ ignoreHTTPSErrors: true, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    return { page, complaints };
  };
}
