import type { operations } from '../contracts/operations';
import type { Handler } from './http-route';
import { Problem } from './problem';
import type { FunctionServices } from './services';

/** `GET /accounts` */
export function listAccounts(services: FunctionServices): Handler<typeof operations.listAccounts> {
  return { handle: () => ({ jsonBody: { value: services.accounts.describeAccounts() } }) };
}

/** `GET /accounts/{account}/check` */
export function checkAccount(services: FunctionServices): Handler<typeof operations.checkAccount> {
  return {
    handle: async ({ request }) => {
      const name = request.params['account'];
      const known = services.accounts.describeAccounts().find(({ account }) => account === name);
      if (known === undefined) throw new Problem('account-not-found');
      return { jsonBody: await services.accounts.check(known.account) };
    },
  };
}
