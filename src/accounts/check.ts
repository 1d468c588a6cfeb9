import type { Account } from './account';
import { AccountError } from './errors';

/** Something to mend, and how. */
export interface AccountFault {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

export interface VisibleProduct {
  readonly id: string;
  readonly name?: string | undefined;
}

/** How an account is: for `GET /accounts/{account}/check`. Dates are ISO. */
export interface AccountCheck {
  readonly account: string;
  readonly credential: {
    readonly state: 'good' | 'refused' | 'unreachable';
    readonly kind: Account['credential']['kind'];
    /** When the secret or certificate ends. */
    readonly expiresOn?: string;
    readonly tokenExpiresAt?: string;
  };
  /** What Partner Center shows this account; `more` when counting was given up at `visible`. */
  readonly products: { readonly visible: number; readonly more: boolean; readonly sample: readonly VisibleProduct[] };
  readonly faults: readonly AccountFault[];
}

/** What the check asks Partner Center. Comes from outside: accounts know no API. */
export interface AccountProbe {
  /** The products that the account sees. */
  listProducts(account: string): AsyncIterable<VisibleProduct>;
  /** What a failure of `listProducts` means for people. */
  explain(error: unknown): AccountFault;
}

/** The part of the accounts that a check needs. */
interface Checked {
  checkToken(account: string, options: { readonly fresh: boolean }): Promise<{ expiresAt: string }>;
  credentialExpiry(account: string): Promise<Date | undefined>;
}

const sampleSize = 10;
const countedAtMost = 500;
const nothingSeen = { visible: 0, more: false, sample: [] } as const;

/** Signs in anew and looks what Partner Center shows. Says what is wrong instead of throwing. */
export async function checkAccount(
  subject: { readonly name: string; readonly account: Account; readonly accounts: Checked },
  probe: AccountProbe,
): Promise<AccountCheck> {
  const { name, account, accounts } = subject;
  const { kind } = account.credential;
  // First, so that a fault of the vault is told once, by the sign-in.
  const expiresOn = await accounts.credentialExpiry(name).catch(() => undefined);
  const known = { kind, ...(expiresOn === undefined ? {} : { expiresOn: expiresOn.toISOString() }) };
  try {
    const { expiresAt } = await accounts.checkToken(name, { fresh: true });
    const looked = await look(name, probe);
    return { account: name, credential: { state: 'good', ...known, tokenExpiresAt: expiresAt }, ...looked };
  } catch (error) {
    if (!(error instanceof AccountError)) throw error;
    const { code, message, remedy } = error;
    const state = error.retryable || code.startsWith('vault-') ? 'unreachable' : 'refused';
    return {
      account: name,
      credential: { state, ...known },
      products: nothingSeen,
      faults: [{ code, message, remedy }],
    };
  }
}

async function look(name: string, probe: AccountProbe): Promise<Pick<AccountCheck, 'products' | 'faults'>> {
  const sample: VisibleProduct[] = [];
  let visible = 0;
  try {
    for await (const { id, name: label } of probe.listProducts(name)) {
      if (visible === countedAtMost) return { products: { visible, more: true, sample }, faults: [] };
      visible += 1;
      if (sample.length < sampleSize) sample.push(label === undefined ? { id } : { id, name: label });
    }
  } catch (error) {
    return { products: { visible, more: visible > 0, sample }, faults: [probe.explain(error)] };
  }
  return { products: { visible, more: false, sample }, faults: visible === 0 ? [noProducts] : [] };
}

const noProducts: AccountFault = {
  code: 'no-products',
  message: 'Partner Center shows this account no products',
  remedy:
    'In Partner Center, under Account settings, Users, add the Entra application with the Manager role; it must belong to one Partner Center account only.',
};
