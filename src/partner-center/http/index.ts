export { createAllowance, type Allowance, type AllowanceOptions } from './allowance';
export {
  unlimitedBudget,
  type BudgetPriority,
  type RequestBudget,
  type Reservation,
  type ReserveOptions,
} from './budget';
export { createBudgetQueue } from './budget-queue';
export { withoutNulls } from './body';
export { createTransport } from './create-transport';
export {
  ApiError,
  BudgetDeferredError,
  HttpStatusError,
  MalformedResponseError,
  NoResponseError,
  TimeoutError,
  type Outcome,
} from './errors';
export { redact, redactJson, scrub } from './redact';
export { realTiming, type Timing } from './timing';
export {
  segments,
  type Answer,
  type Call,
  type LogFacts,
  type RenewableCredential,
  type Request,
  type Transport,
  type TransportLog,
  type TransportOptions,
} from './transport';
