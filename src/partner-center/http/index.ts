export { createAllowance, type Allowance } from './allowance';
export {
  unlimitedBudget,
  type BudgetPriority,
  type RequestBudget,
  type Reservation,
  type ReserveOptions,
} from './budget';
export { createBudgetQueue } from './budget-queue';
export { readErrorBody, withoutNulls, type Body, type ErrorWords } from './body';
export { createTransport } from './create-transport';
export {
  ApiError,
  BudgetDeferredError,
  HttpStatusError,
  MalformedResponseError,
  NoResponseError,
  TimeoutError,
} from './errors';
export { remoteFailure, type CommonMeaning, type RemoteFailure } from './failure';
export { open, tolerant } from './open';
export { redact, redactJson } from './redact';
export { SecretUrl, withSecretUrls } from './secret-url';
export type { Timing } from './timing';
export {
  segments,
  type Answer,
  type Call,
  type LogFacts,
  type Request,
  type Transport,
  type TransportOptions,
} from './transport';
