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

/** Whether an account can use one API, and what it sees there. */
export interface ApiCheck {
  /**
   * - `usable`: it sees something
   * - `empty`: it is let in and sees nothing, which is well for an API that it does not use
   * - `refused`: it is not let in
   * - `unreachable`: this could not be found out now
   */
  readonly state: 'usable' | 'empty' | 'refused' | 'unreachable';
  /** `more` when counting was given up at `visible`. */
  readonly products: { readonly visible: number; readonly more: boolean; readonly sample: readonly VisibleProduct[] };
  /** What to mend if the account is to use this API. */
  readonly faults: readonly AccountFault[];
}

/** A fault, and whether waiting may help. */
export interface ProbeFault extends AccountFault {
  readonly passing: boolean;
}

/** What the check asks of one API. */
export interface ApiProbe {
  /** What its tokens are for. */
  readonly scope: string;
  /** What the account sees: all of it, or as much as few requests show, and then `more`. */
  look(asked: Asked): AsyncIterable<VisibleProduct | 'more'>;
  /** What a failure of the sign-in or of `look` means for people. */
  explain(error: unknown, asked: Asked): ProbeFault | Promise<ProbeFault>;
  /** What to mend where nothing is seen. */
  nothingSeen(asked: Asked): AccountFault;
}

/** Of which account, and of which publisher if one is looked at. */
export interface Asked {
  readonly account: string;
  readonly publisher?: string | undefined;
}

/** A token, or why there is none. */
export type SignedIn = { readonly expiresAt: string } | AccountError;

export async function signInTo(signIn: () => Promise<{ expiresAt: string }>): Promise<SignedIn> {
  try {
    return await signIn();
  } catch (error) {
    if (error instanceof AccountError) return error;
    throw error;
  }
}

const sampleSize = 10;
const countedAtMost = 500;

/** Looks what one API shows. */
export async function checkApi(signedIn: SignedIn, probe: ApiProbe, asked: Asked): Promise<ApiCheck> {
  const seen = { visible: 0, more: false, sample: new Array<VisibleProduct>() };
  try {
    if (signedIn instanceof AccountError) throw signedIn;
    await count(probe.look(asked), seen);
  } catch (error) {
    const { passing, ...fault } = await probe.explain(error, asked);
    const products = { ...seen, more: seen.visible > 0 };
    // What was seen so far is enough to know that the API can be used.
    if (passing && seen.visible > 0) return { state: 'usable', products, faults: [] };
    return { state: passing ? 'unreachable' : 'refused', products, faults: [fault] };
  }
  if (seen.visible === 0) return { state: 'empty', products: seen, faults: [probe.nothingSeen(asked)] };
  return { state: 'usable', products: seen, faults: [] };
}

async function count(
  products: AsyncIterable<VisibleProduct | 'more'>,
  seen: { visible: number; more: boolean; readonly sample: VisibleProduct[] },
): Promise<void> {
  for await (const product of products) {
    if (product === 'more' || seen.visible === countedAtMost) {
      seen.more = true;
      return;
    }
    seen.visible += 1;
    const { id, name } = product;
    if (seen.sample.length < sampleSize) seen.sample.push(name === undefined ? { id } : { id, name });
  }
}
