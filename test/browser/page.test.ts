import { ADD_ONS, APPS, emulatorForFile, FLIGHTS } from '../support/emulator';
import { Api } from '../emulator/api';
import { browserForFile, type OpenPage } from './chromium';

const emulator = emulatorForFile({ httpPort: 0 });
const open = browserForFile();
beforeEach(() => emulator().reset());

async function openPage(options: Parameters<typeof open>[0] = {}): Promise<OpenPage> {
  const opened = await open(options);
  await opened.page.goto(`${emulator().http}/`);
  await opened.page.getByText('Contoso Notes').waitFor();
  return opened;
}

test('shows every application with its state, over HTTPS as well', async () => {
  const { page, complaints } = await open();

  await page.goto(`${emulator().https}/`);

  const rows = page.locator('#applications summary');
  await rows.nth(11).waitFor();
  expect(await rows.filter({ hasText: APPS.pendingDraft }).innerText()).toMatch(/Published\s+PendingCommit/);
  expect(await rows.filter({ hasText: '9NCONTOSO010' }).innerText()).toMatch(/CertificationFailed/);
  expect(complaints).toEqual([]);
});

test('an application opens with the keyboard and shows submissions, packages, hidden prices and listings', async () => {
  const { page } = await openPage();

  await page.locator('summary', { hasText: APPS.paidHidden }).press('Enter');
  const region = page.getByRole('region', { name: 'Published: Submission' });
  await region.locator('summary', { hasText: 'Listing en-us' }).press('Enter');

  expect(await region.innerText()).toMatch(/Price\s+Base, buyers pay 9.99 USD/);
  expect(await region.getByRole('table').innerText()).toMatch(/\.msix.*\d+\.\d+\.\d+\.\d+/);
  expect(await region.locator('pre').innerText()).toContain('"baseListing"');
});

test('an application shows its flights and add-ons, each with what a person can do to it', async () => {
  const { page, complaints } = await openPage();

  await page.locator('summary', { hasText: APPS.published }).click();
  await page.locator('summary', { hasText: 'Flight Beta' }).press('Enter');
  await page
    .getByRole('group', { name: `Portal actions for ${FLIGHTS.pendingDraft}` })
    .getByText('Touch draft')
    .click();
  await page.getByText(`Touch draft in the portal: ${FLIGHTS.pendingDraft}.`).waitFor();
  const flight = page.getByRole('region', { name: 'Pending: Submission' });
  await flight.getByText('in the portal: the API may only read it').waitFor();
  const packages = await flight.getByRole('table').innerText();
  await page.locator('summary', { hasText: 'Flight Beta' }).press('Enter');
  await page.locator('summary', { hasText: 'Add-on pro-pack' }).press('Enter');
  const addOn = page.locator('details', { hasText: ADD_ONS.published }).last();
  await addOn.locator('summary', { hasText: 'Listing en-us' }).press('Enter');

  expect(packages).toMatch(/1\.5\.1\.0/);
  expect(await addOn.innerText()).toMatch(/Price\s+Tier1012/);
  expect(await addOn.locator('pre').innerText()).toContain('Unlocks everything.');
  expect(complaints).toEqual([]);
});

test('a failed submission shows its errors; an upload shows once there is one', async () => {
  const { page } = await openPage();
  const api = await Api.signIn(emulator());
  const { path, document } = await api.draft(APPS.published);
  await emulator().actions.addOutcome({ result: 'CommitFailed', code: 'InvalidPackage' });

  await page.locator('summary', { hasText: APPS.published }).click();
  const pending = page.getByRole('region', { name: 'Pending: Submission' });
  await pending.getByText('URL given out, nothing uploaded').waitFor();
  const url = String(document.fileUploadUrl);
  const headers = { 'x-ms-blob-type': 'BlockBlob' };
  await fetch(url.replaceAll('+', '%2B'), { method: 'PUT', headers, body: 'z'.repeat(3000) });
  await pending.getByText('2.9 KB uploaded').waitFor();
  await api.commitAndSettle(path);

  await pending.getByText('CommitFailed').first().waitFor();
  expect(await pending.getByRole('list', { name: 'Errors' }).innerText()).toContain('InvalidPackage');
});

describe('the journal', () => {
  test('shows requests as they come, newest first, with bodies and why they were refused', async () => {
    const { page } = await openPage();
    await page.getByText('No requests yet').waitFor();
    const api = await Api.signIn(emulator());
    const { path, document } = await api.draft(APPS.published);
    await api.put(path, { ...document, notesForCertification: 'seen by nobody else' });
    await api.get('applications/9NNOSUCHAPP1');

    const rows = page.locator('#entries tbody tr');
    await rows.nth(3).waitFor();
    const operations = await page.locator('#entries tbody button').allInnerTexts();
    await page.getByRole('button', { name: 'updateSubmission' }).press('Enter');
    await page.getByRole('button', { name: 'getApplication' }).press('Enter');

    expect(operations).toEqual(['getApplication', 'updateSubmission', 'createSubmission', 'token']);
    expect(await page.getByRole('region', { name: 'Request body of 3' }).innerText()).toContain('seen by nobody else');
    expect(await page.getByRole('region', { name: 'Answer to 4' }).innerText()).toMatch(/"code"/);
  });

  test('never shows secrets, tokens or signatures', async () => {
    const { page } = await openPage();
    const api = await Api.signIn(emulator());
    const { path, document } = await api.draft(APPS.published);
    await api.put(path, document);
    await page.locator('#applications summary', { hasText: APPS.published }).click();
    await page.getByRole('button', { name: 'updateSubmission' }).click();
    await page.getByRole('button', { name: 'token' }).click();
    for (const fold of await page.locator('.submission summary').all()) await fold.click();

    const text = await page.content();

    expect(text).toContain('sig=REDACTED');
    expect(text).toContain('"client_secret": "REDACTED"');
    expect(text).not.toMatch(/sig=(?!REDACTED)/);
    for (const secret of [emulator().account.clientSecret, api.authorization.slice(7)]) {
      expect(text).not.toContain(secret);
    }
  });

  test('is narrowed by operation, application and status, says what it shows, and is cleared', async () => {
    const { page } = await openPage();
    const api = await Api.signIn(emulator());
    await api.application(APPS.published);
    await api.application(APPS.simple);
    await api.get('applications/9NNOSUCHAPP1');
    await page.locator('#entries tbody tr').nth(3).waitFor();
    const count = page.locator('#journal-count');

    await page.getByRole('combobox', { name: 'Operation' }).selectOption('getApplication');
    const byOperation = await count.innerText();
    await page.getByRole('combobox', { name: 'Product' }).selectOption(APPS.simple);
    const byBoth = await count.innerText();
    await page.getByRole('combobox', { name: 'Status' }).selectOption('4xx');
    await page.getByText('No request matches.').waitFor();
    await page.getByRole('combobox', { name: 'Product' }).selectOption('all');
    const refused = await count.innerText();
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByText('No requests yet').waitFor();

    expect([byOperation, byBoth, refused]).toEqual(['3 of 4', '1 of 4', '1 of 4']);
  });

  test('begins anew when somebody else empties it', async () => {
    const { page } = await openPage();
    await (await Api.signIn(emulator())).application(APPS.published);
    await page.getByRole('button', { name: 'getApplication' }).waitFor();

    await emulator().reset();
    const api = await Api.signIn(emulator());
    await api.get('applications?top=1');

    await page.getByRole('button', { name: 'listApplications' }).waitFor();
    expect(await page.locator('#entries tbody button').allInnerTexts()).toEqual(['listApplications', 'token']);
  });

  test('shows a hundred at a time', async () => {
    const api = await Api.signIn(emulator());
    for (let sent = 0; sent < 120; sent++) await api.application(APPS.simple);
    const { page } = await openPage();
    const rows = page.locator('#entries tbody tr');
    await rows.nth(99).waitFor();
    const before = await rows.count();

    await page.getByRole('button', { name: 'Show 21 more' }).click();

    await rows.nth(120).waitFor();
    expect([before, await rows.count()]).toEqual([100, 121]);
  });
});

test('faults and outcomes show whether they were met; held requests are released', async () => {
  const { page } = await openPage();
  await page.getByText('None is set.').waitFor();
  const api = await Api.signIn(emulator());
  emulator().actions.addFault({ operation: 'getApplication', hold: true });
  await emulator().actions.addOutcome({ result: 'Stuck', application: APPS.published });
  const section = page.getByRole('region', { name: 'Faults and outcomes' });
  await section.getByText('unhit 0/1').waitFor();
  const unhit = await page.locator('#faults-count').innerText();

  const held = api.application(APPS.published);
  await section.getByText('holding 1').waitFor();
  await page.locator('#entries').getByText('waiting').waitFor();
  await section.locator('summary', { hasText: 'is held' }).click();
  await section.getByRole('button', { name: 'Release' }).click();

  expect((await held).status).toBe(200);
  await page.locator('#entries tr', { hasText: 'getApplication' }).getByText('200').waitFor();
  expect(unhit).toBe('2 unhit');
  expect(await section.innerText()).toMatch(/Next commit of 9NCONTOSO003 stays in CommitStarted/);
  await emulator().actions.clearOutcomes();
});

describe('what a person does', () => {
  test('moves the clock, freezes it, and is told when a duration is none', async () => {
    const { page } = await openPage();
    const note = page.locator('#clock-note');
    const status = page.getByRole('status');

    await page.getByRole('button', { name: '+1 day' }).click();
    await note.getByText('1 d ahead').waitFor();
    await page.getByLabel('Advance by').fill('3d');
    await page.getByLabel('Advance by').press('Enter');
    await note.getByText('4 d ahead').waitFor();
    await page.getByRole('button', { name: 'Freeze' }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await page.getByLabel('Advance by').fill('soon');
    await page.getByRole('button', { name: 'Advance', exact: true }).click();
    await status.getByText('"soon" is not a duration').waitFor();

    expect(await note.innerText()).toMatch(/^frozen/);
  });

  test('acts in the portal; the focus stays on what was pressed, and what makes no sense cannot be pressed', async () => {
    const { page } = await openPage();
    await page.locator('#applications summary', { hasText: APPS.published }).click();
    const portal = page.getByRole('group', { name: `Portal actions for ${APPS.published}` });
    const disabled = await portal.getByRole('button', { name: 'Touch draft' }).isDisabled();

    await portal.getByRole('button', { name: 'New draft' }).click();
    await page.getByText('in the portal: the API may only read it').waitFor();
    await portal.getByRole('button', { name: 'Submit' }).press('Enter');
    await page.locator('#applications summary', { hasText: APPS.published }).getByText('CommitStarted').waitFor();
    await portal.getByRole('button', { name: 'Cancel' }).press('Enter');
    await page.locator('#applications summary', { hasText: APPS.published }).getByText('Canceled').waitFor();
    const remove = portal.getByRole('button', { name: 'Delete' });
    await remove.focus();
    emulator().actions.addFault({ operation: '*', cut: true });
    await page.getByText('unhit 0/1').waitFor();
    const focused = await remove.and(page.locator(':focus')).count();
    emulator().actions.clearFaults();
    await remove.press('Enter');

    await page.getByRole('region', { name: 'Pending: Submission' }).waitFor({ state: 'detached' });
    expect([disabled, focused]).toEqual([true, 1]);
  });

  test('goes back to the seed, after being asked', async () => {
    const { page } = await openPage();
    await (await Api.signIn(emulator())).draft(APPS.published);
    await page.getByRole('button', { name: 'createSubmission' }).waitFor();
    const reset = page.getByRole('button', { name: 'Reset' });

    page.once('dialog', (dialog) => void dialog.dismiss());
    await reset.click();
    const kept = emulator().actions.journal().length;
    page.once('dialog', (dialog) => void dialog.accept());
    await reset.click();
    await page.getByText('Back to the seed.').waitFor();

    expect(kept).toBe(2);
    expect(emulator().actions.journal()).toEqual([]);
  });

  test('finds an application by name, id or status', async () => {
    const { page } = await openPage();
    const rows = page.locator('#applications .item');

    await page.getByLabel('Filter applications').fill('pendingcommit');
    const found = await rows.count();
    await page.getByLabel('Filter applications').fill('nothing like this');

    await page.getByText('No application matches.').waitFor();
    expect(found).toBe(2);
  });
});
