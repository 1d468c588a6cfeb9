import { checkReleaseDocument } from '../contracts/check-release-document';
import { operations } from '../contracts/operations';
import type { ReleaseDocument } from '../contracts/release-document';
import type { Json } from '../contracts/strict-json';
import { acceptRelease } from './accept-release';
import type { Handler } from './http-route';
import type { CheckedBody } from './read-body';
import type { FunctionServices } from './services';

/** `POST /releases`: checks the document as far as it alone shows anything, and starts its release. */
export function startRelease(services: FunctionServices): Handler<typeof operations.startRelease> {
  const operation = operations.startRelease.name;
  return {
    durable: true,
    check: (value) => checkDocument(value, services),
    handle: (call) =>
      acceptRelease(call, { document: call.body, operation, by: call.caller.name, queues: true }, services),
  };
}

/** What the document alone shows, and whether its account is configured. */
export function checkDocument(value: Json, services: FunctionServices): CheckedBody<ReleaseDocument> {
  const checked = checkReleaseDocument(value, services.settings.documents);
  const account: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'account') : undefined;
  const isKnown = typeof account !== 'string' || hasAccount(services, account);
  if (isKnown) return checked.ok ? { ok: true, value: checked.document } : checked;
  const fault = {
    pointer: '/account',
    code: 'unknown-account',
    message: 'No such account is configured: name one that GET /accounts lists.',
  } as const;
  return { ok: false, faults: [...(checked.ok ? [] : checked.faults), fault] };
}

/** Whether the settings name the account. */
export function hasAccount(services: FunctionServices, name: string): boolean {
  return services.accounts.describeAccounts().some(({ account }) => account === name);
}
