import { readFileSync } from 'node:fs';
import { ClientSecretCredential } from '@azure/identity';
import type { Emulator } from '../../emulator/start';
import { createAccounts, createVault, type AccountMap, type AccountsOptions, type Clock } from '../../src/accounts';

export const contoso = {
  tenantId: '72f988bf-0000-4000-8000-00000000c0de',
  clientId: '11111111-0000-4000-8000-00000000c0de',
  secret: 'Contoso~Emulator+Secret/1=',
} as const;

/** The identity of this app in the tests: it may read the vault, and has no part in Partner Center. */
export const host = { clientId: '11111111-0000-4000-8000-00000000c0d1', secret: 'Contoso~Vault~Reader' } as const;

/** A clock whose waits cost nothing. */
export function testClock(): Clock & { readonly waited: number[]; advance(ms: number): void } {
  let ahead = 0;
  const waited: number[] = [];
  return {
    waited,
    now: () => new Date(Date.now() + ahead),
    delay: async (ms) => {
      waited.push(ms);
      ahead += ms;
    },
    advance: (ms) => {
      ahead += ms;
    },
  };
}

/** Real clients of Entra ID and Key Vault, on the emulator. */
export function signInto(emulator: Emulator, accounts: AccountMap, options: Partial<AccountsOptions> = {}) {
  const clock = testClock();
  const tls = { ca: readFileSync(emulator.ca, 'utf8') };
  const credential = new ClientSecretCredential(contoso.tenantId, host.clientId, host.secret, {
    authorityHost: emulator.https,
    disableInstanceDiscovery: true,
    tlsOptions: tls,
  });
  const vault = createVault({ url: emulator.https, credential, tls, clock });
  return {
    clock,
    vault,
    accounts: createAccounts({ accounts, vault, authorityHost: emulator.https, tls, clock, ...options }),
  };
}

/** An account that signs in with a client secret from Key Vault. */
export function withSecret(secret: string, more: Partial<{ tenantId: string; clientId: string }> = {}) {
  return {
    tenantId: contoso.tenantId,
    clientId: contoso.clientId,
    ...more,
    credential: { kind: 'client-secret' as const, secret },
  };
}
