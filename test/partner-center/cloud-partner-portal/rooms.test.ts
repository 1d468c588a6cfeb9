import { AccountError } from '../../../src/accounts';
import { readSettings } from '../../../src/config/settings';
import { openRooms } from '../../../src/rooms';
import { failureOf } from '../fakes';

const account = (tenantId: string) => ({
  tenantId,
  clientId: '11111111-1111-4111-8111-111111111111',
  credential: { kind: 'managed-identity' },
});

function rooms() {
  const accounts = {
    contoso: account('contoso.example'),
    subsidiary: account('contoso.example'),
    other: account('o.example'),
  };
  return openRooms(
    readSettings({ AzureWebJobsStorage: 'UseDevelopmentStorage=true', PUBLISHER_ACCOUNTS: JSON.stringify(accounts) }),
  );
}

describe('an account', () => {
  it('has a request budget for each API, which the accounts of a tenant share', async () => {
    const opened = rooms();

    const store = await opened.openStore('contoso');
    const offers = await opened.openCloudPartner('contoso');

    expect(offers.tenant).toBe('contoso.example');
    expect(offers.budget).not.toBe(store.budget);
    expect(offers.budget).not.toBe((await opened.openMarketplace('contoso')).budget);
    expect((await opened.openCloudPartner('subsidiary')).budget).toBe(offers.budget);
    expect((await opened.openStore('subsidiary')).budget).toBe(store.budget);
    expect((await opened.openCloudPartner('other')).budget).not.toBe(offers.budget);
  });

  it('is opened once for each API', async () => {
    const opened = rooms();

    expect(await opened.openCloudPartner('contoso')).toBe(await opened.openCloudPartner('contoso'));
    expect((await opened.openCloudPartner('contoso')).client).not.toBe((await opened.openStore('contoso')).client);
    expect((await opened.openCloudPartner('contoso')).client).not.toBe((await opened.openCloudPartner('other')).client);
  });

  it('that is not configured is not opened', async () => {
    expect(await failureOf(rooms().openCloudPartner('nobody'))).toBeInstanceOf(AccountError);
  });
});
