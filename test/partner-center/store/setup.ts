import { ClientSecretCredential } from '@azure/identity';
import type { Emulator } from '../../../emulator/start';
import { createTransport, type TransportOptions } from '../../../src/partner-center/http';
import { createStoreClient } from '../../../src/partner-center/store';
import { countingAllowance, recordingBudget, testTiming } from '../fakes';

/** The Store client as it runs: HTTPS and the real identity library, on the emulator. */
export function storeOn(
  emulator: Emulator,
  identity: { clientId: string; clientSecret: string } = emulator.account,
  options: Partial<TransportOptions> = {},
) {
  const signIn = () =>
    new ClientSecretCredential(emulator.account.tenantId, identity.clientId, identity.clientSecret, {
      authorityHost: emulator.https,
      disableInstanceDiscovery: true,
    });
  let credential = signIn();
  const budget = recordingBudget();
  const timing = testTiming();
  const transport = createTransport({
    baseUrl: `${emulator.https}/v1.0/my/`,
    credential: {
      getToken: (scopes) => credential.getToken(scopes),
      dropToken: () => {
        credential = signIn();
      },
    },
    scope: 'https://manage.devcenter.microsoft.com/.default',
    budget,
    timing,
    ...options,
  });
  const allowance = countingAllowance();
  return { store: createStoreClient(transport), call: { allowance }, allowance, budget, timing };
}
