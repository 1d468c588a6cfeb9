import { IngestionApi, PRODUCTS } from '../emulator/ingestion-api';
import { CloudPartner, OFFERS } from '../emulator/cloud-partner-api';
import { emulatorForFile } from '../support/emulator';
import { browserForFile, type OpenPage } from './chromium';

const emulator = emulatorForFile({ httpPort: 0 });
const open = browserForFile();
beforeEach(() => emulator().reset());

const LINUX = 'contoso/contoso-linux';

async function openPage(): Promise<OpenPage> {
  const opened = await open();
  await opened.page.goto(`${emulator().http}/`);
  await opened.page.getByText('Contoso Monitor').waitFor();
  return opened;
}

describe('products of the marketplace', () => {
  test('show their ids, their kind, what is live and what lies in the draft', async () => {
    const { page, complaints } = await openPage();
    await emulator().actions.products.person({
      action: 'setMarket',
      product: 'contoso-monitor',
      plan: 'basic',
      market: 'CA',
      state: 'Enabled',
    });

    await page.locator('#products summary', { hasText: 'Contoso Monitor' }).press('Enter');
    const product = page.locator('#products .item', { hasText: PRODUCTS.monitor });
    await product.locator('dd').getByText('Availability of basic', { exact: true }).waitFor();
    const live = page.getByRole('region', { name: 'Live: Submission' });
    await live.locator('summary', { hasText: /^Listing$/ }).press('Enter');

    const text = await product.innerText();
    expect(text).toMatch(/contoso-monitor\s+InStore\s+draft ahead/);
    expect(text).toMatch(/AzureApplication · plans basic, template/);
    expect(text).toMatch(/Differs from what is live\s+Availability of basic\n/);
    expect(await product.getByRole('table', { name: 'Packages' }).innerText()).toMatch(/monitor-1.0.0.zip\s+Processed/);
    expect(await live.locator('pre').innerText()).toContain('"Watches what you run."');
    expect(complaints).toEqual([]);
  });

  test('of which nothing was changed are as what is live; one that was never published says so', async () => {
    const { page } = await openPage();

    const rows = page.locator('#products summary');
    await rows.nth(3).waitFor();

    expect(await page.locator('#products').innerText()).not.toContain('draft ahead');
    expect(await rows.filter({ hasText: 'contoso-worker' }).innerText()).toMatch(/never published/);
  });

  test('go to the preview and live from the portal; what makes no sense cannot be pressed', async () => {
    const { page } = await openPage();
    await page.locator('#products summary', { hasText: 'contoso-monitor' }).click();
    const portal = page.getByRole('group', { name: 'Portal actions for contoso-monitor' });
    const current = page.getByRole('region', { name: 'Current: Submission' });
    const disabled = await portal.getByRole('button', { name: 'Go live' }).isDisabled();

    await portal.getByRole('button', { name: 'Edit listing' }).click();
    await page.getByRole('region', { name: 'Draft' }).locator('dd').getByText('Listing', { exact: true }).waitFor();
    await portal.getByRole('button', { name: 'Submit to preview' }).press('Enter');
    await current.getByText('Submitted').waitFor();
    const busy = await portal.getByRole('button', { name: 'Publish' }).isDisabled();
    await emulator().actions.advanceClock('60s');
    await current.getByText('ReadyToPublish').waitFor();
    await portal.getByRole('button', { name: 'Go live' }).press('Enter');
    await current.getByText('Publishing').waitFor();
    await emulator().actions.advanceClock('60s');
    await current.waitFor({ state: 'detached' });

    const text = await page.getByRole('region', { name: 'Draft' }).innerText();
    expect([disabled, busy]).toEqual([true, true]);
    expect(text).toMatch(/Differs from what is live\s+nothing/);
    expect(await emulator().actions.products.live('contoso-monitor')).toMatchObject({
      modules: { Listing: { rows: [{ summary: 'Changed in the portal.' }] } },
    });
  });

  test('that fail show why, and are taken back', async () => {
    const { page } = await openPage();
    await emulator().actions.products.addSubmissionOutcome({ product: 'contoso-hub', result: 'ValidationFailed' });
    await page.getByText(`Next submission of ${PRODUCTS.hub} ends in ValidationFailed`).waitFor();
    await (await IngestionApi.signIn(emulator())).submit(PRODUCTS.hub);
    await page.locator('#products summary', { hasText: 'contoso-hub' }).click();
    const current = page.getByRole('region', { name: 'Current: Submission' });
    await current.waitFor();

    await emulator().actions.advanceClock('60s');
    await current.getByText('Failed', { exact: true }).waitFor();
    const said = await current.getByRole('list', { name: 'Validations' }).innerText();
    await page
      .getByRole('group', { name: 'Portal actions for contoso-hub' })
      .getByRole('button', { name: 'Cancel' })
      .click();

    await current.waitFor({ state: 'detached' });
    expect(said).toMatch(/Error Validation-10001 The validation failed\./);
  });
});

describe('offers of the Cloud Partner Portal', () => {
  test('show their ids, their kind, and what is in each slot, without secrets', async () => {
    const { page, complaints } = await openPage();
    await emulator().offers.portal.act({
      action: 'edit',
      publisher: 'contoso',
      offer: 'contoso-linux',
      definition: {
        offer: {
          'microsoft-azure-marketplace.blobLeadConfiguration': { connectionString: 'AccountKey=kept-to-itself' },
          'microsoft-azure-marketplace.wideLogo': 'https://assets.contoso.example/w.png?sv=1&sig=kept-to-itself',
        },
      },
    });

    await page.locator('#offers summary', { hasText: /contoso-linux(?!-)/ }).press('Enter');
    const offer = page.locator('#offers .item', { hasText: 'Slots' });
    await offer.getByText('differs from what is live').waitFor();
    for (const fold of await offer.locator('.submission summary').all()) await fold.press('Enter');

    const text = await offer.innerText();
    expect(text).toMatch(/contoso-linux\s+succeeded\s+draft ahead/);
    expect(text).toMatch(/microsoft-azure-virtualmachines · version \d+/);
    expect(text).toMatch(/Draft\s+version [\s\S]*Production\s+version /);
    expect(await page.getByRole('region', { name: `Draft of ${LINUX}` }).innerText()).toContain('"REDACTED"');
    expect(await page.content()).not.toContain('kept-to-itself');
    expect(complaints).toEqual([]);
  });

  test('are edited, published, canceled and taken live from the portal, step by step', async () => {
    const { page } = await openPage();
    await page.locator('#offers summary', { hasText: /contoso-linux(?!-)/ }).click();
    const portal = page.getByRole('group', { name: `Portal actions for ${LINUX}`, exact: true });
    const button = (name: string) => portal.getByRole('button', { name, exact: true });
    const newest = page.getByRole('region', { name: /^(Publication|Go-live) \d+ of contoso\/contoso-linux/ }).first();
    const disabled = await button('Go live').isDisabled();

    await button('Edit offer').click();
    await page.locator('#offers').getByText('differs from what is live').waitFor();
    await button('Publish').press('Enter');
    await newest.getByText('running').waitFor();
    await button('Cancel').press('Enter');
    await newest.getByText('canceled').waitFor();
    await button('Publish').press('Enter');
    await newest.getByText('running').waitFor();
    await emulator().actions.advanceClock('60s');
    await newest.getByText('waitingForPublisherReview').waitFor();
    await button('Go live').press('Enter');
    await newest.getByText('running').waitFor();
    await emulator().actions.advanceClock('60s');
    await newest.getByText('completed').waitFor();

    expect(disabled).toBe(true);
    expect(await page.locator('#offers').innerText()).not.toContain('draft ahead');
  });

  test('that fail show what their step says; those that wait for an outcome show it', async () => {
    const { page } = await openPage();
    await emulator().offers.addOutcome({ result: 'CertificationFailed', of: 'publish', offer: 'contoso-linux' });
    await page.getByText('Next publish of any publisher/contoso-linux ends in CertificationFailed').waitFor();
    const api = await CloudPartner.signIn(emulator());
    await page.locator('#offers summary', { hasText: /contoso-linux(?!-)/ }).click();

    await api.publish(OFFERS.live);
    await emulator().actions.advanceClock('60s');
    const operation = page.getByRole('region', { name: /^Publication \d+ of contoso\/contoso-linux failed/ });
    await operation.waitFor();

    expect(await operation.innerText()).toMatch(/Step\s+Certification/);
    expect(await operation.getByRole('list', { name: 'Messages' }).innerText()).toContain('did not pass certification');
  });
});

test('products and offers are found by name, id or status', async () => {
  const { page } = await openPage();

  await page.getByLabel('Filter marketplace products').fill('contoso-hub');
  await page.getByLabel('Filter offers').fill('neverpublished');
  await page.locator('#offers-count').getByText('1 of').waitFor();
  const found = await page.locator('#products summary, #offers summary').allInnerTexts();
  await page.getByLabel('Filter marketplace products').fill('nothing like this');
  await page.getByLabel('Filter offers').fill('nothing like this');

  await page.getByText('No product matches.').waitFor();
  await page.getByText('No offer matches.').waitFor();
  expect(found.join()).toMatch(/contoso-hub.*contoso-gateway/s);
  expect(found).toHaveLength(2);
});

test('the journal tells what a request was about, and is narrowed by it', async () => {
  const { page } = await openPage();
  await (await IngestionApi.signIn(emulator())).get(`products/${PRODUCTS.monitor}`);
  await (await CloudPartner.signIn(emulator())).offer(OFFERS.live);
  await page.locator('#entries tbody tr').nth(3).waitFor();

  const shown = await page.locator('#entries .place').allInnerTexts();
  await page.getByRole('combobox', { name: 'Product' }).selectOption(LINUX);

  expect(shown).toEqual([LINUX, '', PRODUCTS.monitor, '']);
  expect(await page.locator('#journal-count').innerText()).toBe('1 of 4');
});
