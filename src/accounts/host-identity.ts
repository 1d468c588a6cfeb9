import type { AccessToken, GetTokenOptions, TokenCredential } from '@azure/core-auth';

/**
 * The identity of this app itself, for Key Vault and storage: the managed identity in Azure, whoever is signed in on a
 * developer's machine. `@azure/identity` is loaded at the first token, not at start.
 */
export function createHostIdentity(options: { readonly managedIdentityClientId?: string } = {}): TokenCredential {
  let made: Promise<TokenCredential> | undefined;
  return {
    async getToken(scopes: string | string[], getTokenOptions?: GetTokenOptions): Promise<AccessToken | null> {
      made ??= import('@azure/identity').then(
        ({ DefaultAzureCredential }) => new DefaultAzureCredential({ ...options }),
      );
      return (await made).getToken(scopes, getTokenOptions);
    },
  };
}
