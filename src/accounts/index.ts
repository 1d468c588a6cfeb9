export { Account, AccountMap } from './account';
export { createAccounts, type Accounts, type AccountsOptions } from './accounts';
export type { AccountCheck, AccountProbe } from './check';
export type { AccountFault, ApiProbe, ProbeFault, VisibleProduct } from './check-api';
export { AccountError } from './errors';
export { createHostIdentity } from './host-identity';
export type { Clock } from './patience';
export { remedies, type AccountErrorCode } from './remedies';
export { createVault } from './vault';
