/**
 * Starts the Partner Center emulator for one test file, and makes this process trust it.
 *
 * ```ts
 * const emulator = emulatorForFile();               // started before all tests, stopped after them
 * beforeEach(() => emulator().reset());             // back to the seed between tests
 *
 * test('…', async () => {
 *   const { https, account, actions } = emulator();
 *   actions.addFault({ operation: 'createSubmission', when: 'after', answer: { status: 504 } });
 *   …
 * });
 * ```
 *
 * - A fault or an outcome that was set and never met is a mistake of the test: each test that leaves one fails.
 * - Ports are free ones; state is in a temporary folder; `emulatorForFile` keeps uploads in a storage account on the Azurite
 *   that all files share.
 * - Trust is given at run time with `tls.setDefaultCACertificates`: `fetch`, `node:https` and the Azure SDKs of this
 *   process accept the emulator's certificate. A child process needs `NODE_EXTRA_CA_CERTS=<emulator().ca>`.
 * - Commits take 60 s of the emulator's time by default: move its clock with `actions.advanceClock('60s')` rather than
 *   waiting. `actions.advanceClock` returns when everything that fell due has happened.
 * - Ids and identities of the default seed are below; `emulator/README.md` describes their states.
 */
import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../emulator/start';
import { storageAccount } from './storage-account';

/** Applications of the default seed, named by their state. */
export const APPS = {
  /** Never published; the age rating questionnaire is missing. */
  neverPublishedUnrated: '9NCONTOSO001',
  /** Never published; can be. */
  neverPublished: '9NCONTOSO002',
  /** Published with two packages (x64, ARM64) and listings in en-us and de-de. */
  published: '9NCONTOSO003',
  /** Published, with a pending draft made by the API. */
  pendingDraft: '9NCONTOSO004',
  /** Published, with a pending draft made in the portal. */
  portalDraft: '9NCONTOSO005',
  /** Published with a package rollout in progress at 25 %. */
  rollout: '9NCONTOSO006',
  /** Paid: shows `Base`, costs 9.99 USD. */
  paidHidden: '9NCONTOSO007',
  /** Paid: shows `Tier1015`. */
  paidTier: '9NCONTOSO008',
  /** Every call answers 409: features that the API does not support. */
  unsupported: '9NCONTOSO009',
  /** Published; the pending submission failed certification. */
  failed: '9NCONTOSO010',
  /** Published; without the advanced listing permission. */
  simple: '9NCONTOSO011',
  /** Belongs to another account: 403 without a body. */
  foreign: '9NFABRIKAM01',
} as const;

/** Flights of `APPS.published` in the default seed, highest rank first. */
export const FLIGHTS = {
  /** Published with one package. */
  published: '0f11e000-0000-4000-8000-00000000000a',
  /** Published, with a pending draft made by the API. */
  pendingDraft: '0f11e000-0000-4000-8000-00000000000b',
  /** Made in the portal, and so is its draft. */
  portal: '0f11e000-0000-4000-8000-00000000000c',
} as const;

/** Add-ons of `APPS.published` in the default seed. */
export const ADD_ONS = {
  /** Durable, published with a listing in en-us. */
  published: '9NADDONPRO01',
  /** A consumable that was never published; has no submission. */
  neverPublished: '9NADDONNEW01',
  /** Published, with a pending draft made by the API. */
  pendingDraft: '9NADDONDRF01',
  /** Every call answers 409: managed by the Store. */
  unsupported: '9NADDONUNS01',
} as const;

/** Identities of the default seed in the default tenant, besides `emulator().account`. */
export const CLIENTS = {
  vaultReader: { clientId: '11111111-0000-4000-8000-00000000c0d1', clientSecret: 'Contoso~Vault~Reader' },
  reader: { clientId: '11111111-0000-4000-8000-00000000c0d2', clientSecret: 'Contoso~Reader~Secret' },
  stranger: { clientId: '11111111-0000-4000-8000-00000000c0d3', clientSecret: 'Contoso~Stranger~Secret' },
  notOnboarded: { clientId: '11111111-0000-4000-8000-00000000c0d4', clientSecret: 'Contoso~NotOnboarded~Secret' },
  /** Its account has no applications. */
  empty: { clientId: '11111111-0000-4000-8000-00000000c0d5', clientSecret: 'AdventureWorks~Secret' },
} as const;

/**
 * Makes this process accept certificates of the authority in `file`, besides those that it accepts already.
 *
 * @returns takes the trust back
 */
export function trustAuthority(file: string): () => void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, readFileSync(file, 'utf8')]);
  return () => setDefaultCACertificates(before);
}

/** Starts an emulator that this process trusts; the caller stops it, which fails when a fault was set and never met. */
export async function startTrustedEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator({ certification: '60s', ...options });
  trustAuthority(emulator.ca);
  const stop = (): Promise<void> => expectNothingLeft(emulator).finally(() => emulator.stop());
  return { ...emulator, stop };
}

/** One emulator for the tests of this file. Call it at the top level; what it returns gives the emulator in a test. */
export function emulatorForFile(options: EmulatorOptions = {}): () => Emulator {
  let running: Emulator | undefined;
  beforeAll(async () => {
    running = await startTrustedEmulator({ storage: storageAccount().connectionString, ...options });
  });
  afterEach(async () => {
    if (running) await expectNothingLeft(running);
  });
  afterAll(() => running?.stop());
  return () => {
    if (!running) throw new Error('The emulator runs within tests only');
    return running;
  };
}

/** Fails when a fault or an outcome was set that nothing met, or that could not do what it was for. */
export function expectNothingUnhit(emulator: Emulator): void {
  const { faults, outcomes } = emulator.actions.unhit();
  expect({ faults, outcomes }).toEqual({ faults: [], outcomes: [] });
}

/** As `expectNothingUnhit`; what is left over is taken away, so that the next test is not blamed for it. */
export async function expectNothingLeft(emulator: Emulator): Promise<void> {
  try {
    expectNothingUnhit(emulator);
  } finally {
    emulator.actions.clearFaults();
    await emulator.actions.clearOutcomes();
  }
}
