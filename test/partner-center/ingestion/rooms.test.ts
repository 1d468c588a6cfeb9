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
  const accounts = { contoso: account('contoso.example'), other: account('o.example') };
  return openRooms(
    readSettings({ AzureWebJobsStorage: 'UseDevelopmentStorage=true', PUBLISHER_ACCOUNTS: JSON.stringify(accounts) }),
  );
}

describe('an account that is opened for the marketplace', () => {
  it('spends the request budget of its tenant for this API, not that for the Store', async () => {
    const opened = rooms();

    const [store, offers, other] = [
      await opened.openStore('contoso'),
      await opened.openMarketplace('contoso'),
      await opened.openMarketplace('other'),
    ];

    expect(offers.tenant).toBe('contoso.example');
    expect(offers.budget).not.toBe(store.budget);
    expect(other.budget).not.toBe(offers.budget);
  });

  it('is opened once', async () => {
    const opened = rooms();

    expect(await opened.openMarketplace('contoso')).toBe(await opened.openMarketplace('contoso'));
  });

  it('must be configured', async () => {
    expect(await failureOf(rooms().openMarketplace('nobody'))).toBeInstanceOf(AccountError);
  });
});
