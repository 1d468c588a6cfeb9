import type { HttpRequest } from '@azure/functions';
import type { operations } from '../contracts/operations';
import type { Handler } from './http-route';
import { Problem } from './problem';
import type { FunctionServices } from './services';

/** The account that an address names. @throws Problem `account-not-found` */
export function accountOf({ params }: HttpRequest, { accounts }: Pick<FunctionServices, 'accounts'>): string {
  const known = accounts.describeAccounts().find(({ account }) => account === params['account']);
  if (known === undefined) throw new Problem('account-not-found');
  return known.account;
}

/** `GET /accounts` */
export function listAccounts(services: FunctionServices): Handler<typeof operations.listAccounts> {
  return { handle: () => ({ jsonBody: { value: services.accounts.describeAccounts() } }) };
}

/** `GET /accounts/{account}/check` */
export function checkAccount(services: FunctionServices): Handler<typeof operations.checkAccount> {
  return {
    handle: async ({ request, query }) => ({
      jsonBody: await services.accounts.check(accountOf(request, services), query),
    }),
  };
}
