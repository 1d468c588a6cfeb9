import { accountProbe } from '../../src/queries/account-probe';
import type { Accounts } from '../../src/accounts';
import { cloudPartnerTransport, createCloudPartnerClient } from '../../src/partner-center/cloud-partner-portal';
import { createTransport, unlimitedBudget, type Transport, type TransportOptions } from '../../src/partner-center/http';
import { createIngestionClient, ingestionTransport } from '../../src/partner-center/ingestion';
import { createStoreClient } from '../../src/partner-center/store';
import type { Emulator } from '../../emulator/start';
import { testTiming } from '../partner-center/fakes';
import { contoso } from './setup';

const scopes = {
  store: 'https://manage.devcenter.microsoft.com/.default',
  marketplace: 'https://api.partner.microsoft.com/.default',
  'cloud-partner': 'https://cloudpartner.azure.com/.default',
};

/** What the check asks, as the app wires it: the clients of all three APIs, with the account's own tokens. */
export function probeOf(emulator: Emulator, accounts: Accounts, changed: Partial<typeof scopes> = {}) {
  const wanted = { ...scopes, ...changed };
  const open =
    <Client>(api: keyof typeof scopes, path: string, create: (transport: Transport) => Client, more: object = {}) =>
    async (account: string) => {
      const options: TransportOptions = {
        ...more,
        baseUrl: `${emulator.https}/${path}/`,
        credential: accounts.credential(account),
        scope: wanted[api],
        budget: unlimitedBudget,
        timing: testTiming(),
      };
      return { client: create(createTransport(options)), budget: unlimitedBudget, tenant: contoso.tenantId };
    };
  return accountProbe(
    {
      openStore: open('store', 'v1.0/my', createStoreClient),
      openMarketplace: open('marketplace', 'v1.0/ingestion', createIngestionClient, ingestionTransport),
      openCloudPartner: open('cloud-partner', 'api', createCloudPartnerClient, cloudPartnerTransport),
    },
    wanted,
  );
}
