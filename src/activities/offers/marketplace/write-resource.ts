import { judgeWrite } from '../../../domain/offer/draft-ledger';
import { failed, ok } from '../../../domain/failure';
import type { Failure, Result } from '../../../domain/failure';
import { cameWithPlan } from '../../../domain/marketplace/came-with-plan';
import { withWholeAddresses } from '../../../domain/marketplace/whole-addresses';
import { fits, sameContent } from '../../../domain/offer/compare-offers';
import type { Members } from '../../../domain/offer/offer-content';
import { besideSecrets, secretNames, withSecrets } from '../../../domain/offer/secrets';
import { ingestionFailure } from '../../../partner-center/ingestion';
import { changedMeanwhile } from '../offer-api';
import type { DraftTask } from '../offer-api';
import type { DraftRows } from './draft-rows';
import { MarketplaceError, ofMarketplace } from './failures';
import { intendParts, noteCame } from './plan-parts';
import { contentOfRow } from './read-content';
import { sendRow } from './send-row';
import { pause } from './session';

/** A writer at work. */
export interface Writing {
  readonly rows: DraftRows;
  readonly task: DraftTask;
}

/** Whether a request was needed. */
export type WriteEnd = 'sent' | 'was-so';

const attempts = 4;

/**
 * Makes one resource as it is to be: reads it, judges, notes, sends, and reads back. Where it was changed between reading
 * and sending it is read and judged again.
 */
export async function writeResource(writing: Writing, key: string, wanted: Members): Promise<Result<WriteEnd>> {
  const whole = await wholeOf(writing, key, wanted);
  for (let attempt = 1; ; attempt++) {
    const row = await writing.rows.read(key);
    const there = row === undefined ? undefined : await contentOfRow(writing.rows.readers, key, row);
    if (whole !== wanted && (await claimWhole(writing, { key, there, wanted }, whole))) return ok('was-so');
    const verdict = await judge(writing, { key, there, wanted });
    if (verdict === 'done') {
      if (!fits(wanted, there ?? null)) await note(writing, key, wanted, there);
      return ok('was-so');
    }
    if (verdict === 'changed') return failed(changedMeanwhile(key));
    await noteCame(writing.task, key, there);
    await writing.task.ledger.intend(key, unseen(wanted, there), wanted);
    if (row === undefined) await intendParts(writing.task, key, wanted);
    const conflict = await send(writing, { key, wanted: whole, row });
    if (conflict === undefined) {
      await readBack(writing, key, whole);
      return ok('sent');
    }
    if (attempt === attempts) return failed(conflict);
  }
}

/** With the queries of the document's addresses; the very same members where there are none. */
export async function wholeOf({ task }: Pick<Writing, 'task'>, key: string, wanted: Members): Promise<Members> {
  const changes = await task.wholeChanges();
  if (changes === undefined) return wanted;
  const whole = withWholeAddresses(key, wanted, changes);
  return sameContent(whole, wanted) ? wanted : whole;
}

/** What has the queries of the document's addresses is as it is to be: noted so, for nothing that is wished has them. */
async function claimWhole(
  { task }: Pick<Writing, 'task'>,
  { key, there, wanted }: { readonly key: string; readonly there: Members | undefined; readonly wanted: Members },
  whole: Members,
): Promise<boolean> {
  if (there === undefined || secretNames(wanted).length > 0 || !sameContent(whole, there)) return false;
  const entry = (await task.ledger.read()).entries[key];
  const isNoted = entry?.releaseId === task.releaseId && sameContent(entry.wrote, wanted);
  if (isNoted && entry.isAsWanted === true && sameContent(entry.readBack ?? null, there)) return true;
  // Where this is what a lost answer wrote, what was found before it stays so.
  if (!isNoted) await task.ledger.intend(key, there, wanted);
  await task.ledger.readBack(key, there, true);
  return true;
}

/** What the service has added to something that was made is noted, so that what somebody adds later is told from it. */
async function note({ task }: Writing, key: string, wanted: Members, there: Members | undefined): Promise<void> {
  const entry = (await task.ledger.read()).entries[key];
  if (entry?.readBack !== undefined && entry.releaseId === task.releaseId) return;
  await task.ledger.intend(key, unseen(wanted, there), wanted);
  await task.ledger.readBack(key, unseen(wanted, there), entry?.isAsWanted === true);
}

interface Judged {
  readonly key: string;
  readonly there: Members | undefined;
  readonly wanted: Members | null;
}

/** As the domain judges. What came into being with a plan that this service made is nobody's work. */
export async function judge(
  { task }: Pick<Writing, 'task'>,
  { key, there, wanted }: Judged,
): Promise<'done' | 'write' | 'changed'> {
  const ledger = await task.ledger.read();
  const expected = task.expected[key] ?? (cameWithPlan(ledger, key) ? there : undefined);
  return judgeWrite(ledger, task.releaseId, { key, there, expected, wanted });
}

/** What the ledger may hold: nothing in the place of a secret, should the service show it. */
function unseen(wanted: Members, there: Members | undefined): Members | undefined {
  if (there === undefined || secretNames(wanted).length === 0) return there;
  return besideSecrets(wanted, there).there;
}

/** @returns the failure where something else was there than what was read */
async function send(
  writing: Writing,
  { key, wanted, row }: { readonly key: string; readonly wanted: Members; readonly row: Members | undefined },
): Promise<Failure | undefined> {
  const secrets = await secretsIn(writing.task, wanted);
  // A content is an object, and stays one.
  const shown = withSecrets(wanted, (name) => secrets.get(name) ?? '') as Members;
  const members = await withReferences(writing.rows, key, shown, row);
  try {
    await sendRow(writing.rows, { key, members, row });
    return undefined;
  } catch (error) {
    const meaning = ingestionFailure(error)?.meaning;
    // Where it follows a try without an answer, the conflict may be of our own making: looked at all the same.
    if (meaning === 'etag-conflict') return ofMarketplace(error);
    // Somebody has made it meanwhile, or the list lags behind what a lost answer made.
    if (meaning === 'conflict' && row === undefined) return madeMeanwhile(writing, error);
    throw withoutSecrets(error, [...secrets.values()]);
  }
}

async function madeMeanwhile({ rows }: Writing, error: unknown): Promise<Failure | undefined> {
  await pause(rows.readers.session);
  rows.forget();
  return ofMarketplace(error);
}

async function secretsIn(task: DraftTask, wanted: Members): Promise<ReadonlyMap<string, string>> {
  const names = secretNames(wanted);
  return new Map(await Promise.all(names.map(async (name) => [name, (await task.secretOf(name)).value] as const)));
}

/** The packages of a configuration, as references. */
async function withReferences(
  { readers }: DraftRows,
  key: string,
  members: Members,
  row: Members | undefined,
): Promise<Members> {
  const isNamed = members['packages'] !== undefined || row?.['packageReferences'] !== undefined;
  if (!key.endsWith('packageConfiguration') || !isNamed) return members;
  const packageReferences = await readers.packages.referencesTo(members['packages'], row);
  if (packageReferences !== undefined) return { ...members, packageReferences };
  const message = `A package of "${key}" is not in Partner Center, or was not processed.`;
  throw new MarketplaceError({ code: 'package-unavailable', message, retryable: false });
}

/** A service may repeat what it was sent. */
function withoutSecrets(error: unknown, secrets: readonly string[]): unknown {
  const failure = secrets.length === 0 ? undefined : ofMarketplace(error);
  if (failure === undefined) return error;
  const hide = (text: string): string =>
    secrets.filter((secret) => secret !== '').reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
  const errors = failure.errors?.map((fault) => ({ ...fault, message: hide(fault.message) }));
  return new MarketplaceError({
    ...failure,
    message: hide(failure.message),
    ...(errors === undefined ? {} : { errors }),
  });
}

/** @param wanted as it was sent, but for secrets */
async function readBack({ rows, task }: Writing, key: string, wanted: Members): Promise<void> {
  const row = await rows.read(key);
  const there = row === undefined ? undefined : await contentOfRow(rows.readers, key, row);
  await task.ledger.readBack(key, unseen(wanted, there), fits(wanted, there ?? null));
}
