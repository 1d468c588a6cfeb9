import type { AccessToken, GetTokenOptions, TokenCredential } from '@azure/core-auth';
import { isLoopback } from './loopback';

/**
 * The identity of this app itself, for Key Vault and storage: the managed identity in Azure, whoever is signed in on a
 * developer's machine. `@azure/identity` is loaded at the first token, not at start.
 */
export function createHostIdentity(
  options: { readonly managedIdentityClientId?: string; readonly authorityHost?: string } = {},
): TokenCredential {
  const { authorityHost } = options;
  const disableInstanceDiscovery = authorityHost !== undefined && isLoopback(authorityHost);
  let made: Promise<TokenCredential> | undefined;
  return {
    async getToken(scopes: string | string[], getTokenOptions?: GetTokenOptions): Promise<AccessToken | null> {
      made ??= import('@azure/identity').then(
        ({ DefaultAzureCredential }) =>
          // Only Entra ID itself knows which authorities there are; one on this machine is not asked about.
          new DefaultAzureCredential({ ...options, disableInstanceDiscovery }),
      );
      return (await made).getToken(scopes, getTokenOptions);
    },
  };
}
