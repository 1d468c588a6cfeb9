import type { Account } from './account';
import { checkApi, signInTo } from './check-api';
import type { AccountFault, ApiCheck, ApiProbe, SignedIn } from './check-api';
import { AccountError } from './errors';

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
  /** What the Store API shows this account; `more` when counting was given up at `visible`. */
  readonly products: ApiCheck['products'];
  /** Of the credential, and of the Store API. */
  readonly faults: readonly AccountFault[];
  /** Each API for itself: one that the account does not use changes nothing about the others. */
  readonly apis: Readonly<Record<ApiName, ApiCheck>>;
}

const apiNames = ['store', 'marketplace', 'cloud-partner'] as const;
type ApiName = (typeof apiNames)[number];

/** What the check asks Partner Center, by API. Comes from outside: accounts know no API. */
export type AccountProbe = Readonly<Record<ApiName, ApiProbe>>;

/** What is looked at besides. */
export interface CheckWish {
  /** A publisher of the Cloud Partner Portal API. */
  readonly publisher?: string | undefined;
}

/** The part of the accounts that a check needs. */
interface Checked {
  checkToken(
    account: string,
    options: { readonly fresh: boolean; readonly scope: string },
  ): Promise<{ expiresAt: string }>;
  credentialExpiry(account: string): Promise<Date | undefined>;
}

/** Signs in anew and looks what Partner Center shows. Says what is wrong instead of throwing. */
export async function checkAccount(
  subject: { readonly name: string; readonly account: Account; readonly accounts: Checked },
  probe: AccountProbe,
  wish: CheckWish = {},
): Promise<AccountCheck> {
  const { name, account, accounts } = subject;
  const { kind } = account.credential;
  // First, so that a fault of the vault is told once, by the sign-in.
  const expiresOn = await accounts.credentialExpiry(name).catch(() => undefined);
  const signIns = await signInEverywhere(name, accounts, probe);
  const [store, marketplace, cloudPartner] = await Promise.all(
    apiNames.map((api) => checkApi(signIns[api], probe[api], { account: name, publisher: wish.publisher })),
  );
  // There are as many as names.
  const apis = { store, marketplace, 'cloud-partner': cloudPartner } as AccountCheck['apis'];
  return {
    account: name,
    credential: {
      ...stateOf(signIns),
      kind,
      ...(expiresOn === undefined ? {} : { expiresOn: expiresOn.toISOString() }),
    },
    products: apis.store.products,
    faults: apis.store.faults,
    apis,
  };
}

type SignIns = Readonly<Record<ApiName, SignedIn>>;

/** The Store comes first: what is wrong with the credential itself is found out once, and holds for all. */
async function signInEverywhere(name: string, accounts: Checked, probe: AccountProbe): Promise<SignIns> {
  const signIn = (api: ApiName): Promise<SignedIn> =>
    signInTo(() => accounts.checkToken(name, { fresh: true, scope: probe[api].scope }));
  const store = await signIn('store');
  if (store instanceof AccountError && !isOfOneApi(store)) return { store, marketplace: store, 'cloud-partner': store };
  const [marketplace, cloudPartner] = await Promise.all([signIn('marketplace'), signIn('cloud-partner')]);
  return { store, marketplace, 'cloud-partner': cloudPartner };
}

/** Whether a token for something else may be given all the same. */
function isOfOneApi({ code }: AccountError): boolean {
  return code === 'unknown-resource' || code === 'policy-refused' || code === 'sign-in-refused';
}

function stateOf(signIns: SignIns): Pick<AccountCheck['credential'], 'state' | 'tokenExpiresAt'> {
  for (const api of apiNames) {
    const signedIn = signIns[api];
    if (!(signedIn instanceof AccountError)) return { state: 'good', tokenExpiresAt: signedIn.expiresAt };
  }
  const { store } = signIns;
  const isAway = store instanceof AccountError && (store.retryable || store.code.startsWith('vault-'));
  return { state: isAway ? 'unreachable' : 'refused' };
}
