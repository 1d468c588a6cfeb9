export { Account, AccountCredential, AccountMap } from './account';
export {
  createAccounts,
  type AccountCredentialSource,
  type Accounts,
  type AccountsOptions,
  type AccountView,
} from './accounts';
export type { AccountCheck, AccountFault, AccountProbe, VisibleProduct } from './check';
export { AccountError, type AccountErrorFacts } from './errors';
export { createHostIdentity } from './host-identity';
export { realClock, type Clock } from './patience';
export { remedies, type AccountErrorCode } from './remedies';
export { createVault, type Secret, type Vault, type VaultOptions } from './vault';
