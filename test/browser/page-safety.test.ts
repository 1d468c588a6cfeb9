import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startTrustedEmulator, APPS, emulatorForFile } from '../support/emulator';
import { Api } from '../emulator/api';
import { browserForFile } from './chromium';

const emulator = emulatorForFile({ httpPort: 0 });
const open = browserForFile();
beforeEach(() => emulator().reset());

const POOR_TEXTS = readFileSync(join(__dirname, 'poor-texts.js'), 'utf8');
const ATTACK = `"'><img src=x onerror="window.hit=1"><script>window.hit=1</script><svg onload="window.hit=1">`;

test('markup in listings, notes, packages, names, paths, faults and errors stays text', async () => {
  const api = await Api.signIn(emulator());
  const { path, document } = await api.draft(APPS.published);
  document.notesForCertification = ATTACK;
  document.listings['en-us'].baseListing.title = ATTACK;
  document.applicationPackages[0].fileName = `${ATTACK}.msix`;
  const { status } = await api.put(path, document);
  await emulator().actions.addOutcome({ result: 'CommitFailed', errors: [{ code: ATTACK, details: ATTACK }] });
  await api.commitAndSettle(path);
  await api.get(`applications/${encodeURIComponent('<img src=x onerror=window.hit=1>')}`);
  emulator().actions.addFault({ operation: 'getApplication', answer: { status: 500, headers: { 'x-a': ATTACK } } });
  await attackMarketplace();
  const { page, complaints } = await open();
  page.on('dialog', (dialog) => void dialog.dismiss());

  await page.goto(`${emulator().http}/`);
  for (const place of ['#applications', '#products', '#offers', '#faults']) {
    for (const summary of await page.locator(`${place} > .item > details > summary`).all()) await summary.click();
  }
  for (const summary of await page.locator('.submission summary').all()) await summary.click();
  for (const button of await page.locator('#entries tbody button').all()) await button.click();
  await page.locator('#entries tr.details').nth(2).waitFor();

  const text = await page.locator('body').innerText();
  expect(status).toBe(200);
  expect(await page.evaluate('"hit" in window')).toBe(false);
  expect(await page.locator('main').locator('img, script, svg').count()).toBe(0);
  expect(text.split('<script>window.hit=1</script>').length).toBeGreaterThan(5);
  expect(complaints).toEqual([]);
  emulator().actions.clearFaults();
});

/** The same markup where products and offers of the marketplace have texts of their own. */
async function attackMarketplace(): Promise<void> {
  const { products } = emulator().actions;
  const item = { errorCode: ATTACK, message: ATTACK };
  await products.person({ action: 'editListing', product: 'contoso-monitor', change: { title: ATTACK } });
  await products.person({ action: 'addPlan', product: 'contoso-monitor', externalID: ATTACK, friendlyName: ATTACK });
  await products.addSubmissionOutcome({ result: 'ValidationFailed', validations: [item] });
  await products.person({ action: 'submit', product: 'contoso-monitor' });
  const { portal } = emulator().offers;
  const offer = { publisher: 'contoso', offer: 'contoso-linux' };
  await portal.act({ action: 'edit', ...offer, definition: { displayText: ATTACK } });
  await emulator().offers.addOutcome({
    ...{ of: 'publish', result: 'CertificationFailed' },
    messages: [{ text: ATTACK, level: 'error' }],
  });
  await portal.act({ action: 'publish', ...offer });
  await emulator().actions.advanceClock('60s');
}

describe('the page of somebody else', () => {
  test('cannot control, read or frame the emulator', async () => {
    await (await Api.signIn(emulator())).draft(APPS.published);
    const target = emulator().http!;
    const server = createServer((_request, response) =>
      response.setHeader('content-type', 'text/html').end(`<iframe src="${target}/"></iframe>
        <form method="post" action="${target}/control/reset" target="there"></form><iframe name="there"></iframe>`),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { page } = await open();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);

    const attempt = (path: string, init: object): Promise<string> =>
      page.evaluate(
        `fetch(${JSON.stringify(target + path)}, ${JSON.stringify(init)}).then(() => 'sent', () => 'refused')`,
      );
    const reads = [await attempt('/control/state', {}), await attempt('/', {})];
    const writes = [
      await attempt('/control/reset', { method: 'POST' }),
      await attempt('/control/journal', { method: 'DELETE' }),
      await attempt('/control/reset', { method: 'POST', mode: 'no-cors' }),
    ];
    const form = page.waitForResponse(`${target}/control/reset`);
    await page.evaluate('document.forms[0].submit()');
    const formStatus = (await form).status();
    const framed = page.frames().map((frame) => frame.url());
    server.close();

    expect([...reads, ...writes]).toEqual(['refused', 'refused', 'refused', 'refused', 'refused']);
    expect(formStatus).toBe(403);
    expect(framed).not.toContain(`${target}/`);
    expect(emulator().actions.journal()).toHaveLength(2);
  });

  test('gets nothing by a name that leads to this machine', async () => {
    const { page } = await open();

    const answer = await page.goto(`http://rebound.example:${new URL(emulator().http!).port}/`);
    const control = await page.evaluate(`fetch('/control/state').then(({ status }) => status)`);

    expect([answer!.status(), control]).toEqual([403, 403]);
  });
});

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  test('every text has a contrast of 4.5 or more, and every control a name', async () => {
    const api = await Api.signIn(emulator());
    await api.get('applications/9NNOSUCHAPP1');
    emulator().actions.addFault({ operation: 'token', cut: true });
    await emulator().actions.addOutcome({ result: 'Stuck' });
    const { page } = await open({ colorScheme });
    await page.goto(`${emulator().http}/`);
    await page.locator('#applications summary', { hasText: '9NCONTOSO010' }).click();
    await page.getByRole('button', { name: 'getApplication' }).click();
    for (const place of ['#faults', '#products', '#offers']) await page.locator(`${place} summary`).first().click();

    const { checked, poor } = await page.evaluate<{ checked: number; poor: string[] }>(POOR_TEXTS);
    const outline = await page.locator('body').ariaSnapshot();

    expect(checked).toBeGreaterThan(50);
    expect(poor).toEqual([]);
    expect(outline).toMatch(/button "Freeze"/);
    expect(outline).not.toMatch(/- (button|textbox|searchbox|combobox|region|table)( \[[^\]]*\])*:?$/m);
    emulator().actions.clearFaults();
    await emulator().actions.clearOutcomes();
  });
});

test.each([400, 1280])('nothing is cut off at %i pixels, with everything open', async (width) => {
  const api = await Api.signIn(emulator());
  const { path, document } = await api.draft(APPS.published);
  await api.put(path, { ...document, notesForCertification: 'w'.repeat(1500) });
  const { page } = await open({ viewport: { width, height: 900 } });
  await page.goto(`${emulator().http}/`);
  for (const place of ['#applications', '#products', '#offers']) {
    for (const summary of await page.locator(`${place} > .item > details > summary`).all()) await summary.click();
  }
  for (const summary of await page.locator('.submission summary').all()) await summary.click();
  await page.getByRole('button', { name: 'updateSubmission' }).click();
  await page.locator('#entries tr.details').waitFor();

  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

  expect(overflow).toBe(0);
});

test('the skip link comes first and leads to the journal', async () => {
  const { page } = await open();
  await page.goto(`${emulator().http}/`);

  await page.keyboard.press('Tab');
  const first = await page.evaluate('document.activeElement.textContent');
  await page.keyboard.press('Enter');

  expect(first).toBe('Skip to the journal');
  expect(await page.evaluate('document.activeElement.id')).toBe('journal');
});

test('an emulator without applications says so, and one that is gone is noticed', async () => {
  const tenant = '00000000-0000-4000-8000-000000000001';
  const own = await startTrustedEmulator({
    httpPort: 0,
    seed: { client: tenant, tenants: [{ id: tenant, clients: [{ id: tenant, name: 'x' }] }], vault: { tenant } },
  });
  const { page } = await open();
  await page.goto(`${own.http}/`);
  await page.getByText('The seed has no applications.').waitFor();
  await page.getByText('The seed has no marketplace products.').waitFor();
  await page.getByText('The seed has no offers.').waitFor();
  await page.getByText('No requests yet.').waitFor();

  await own.stop();

  await page.getByText('The emulator does not answer').waitFor();
});
