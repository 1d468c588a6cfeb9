import { cameWithPlan } from '../../../domain/marketplace/came-with-plan';
import { partsOfNew } from '../../../domain/marketplace/new-resources';
import type { Members } from '../../../domain/offer/offer-content';
import type { DraftTask } from '../offer-api';

type Noted = Pick<DraftTask, 'ledger'>;

/** What came with a plan is ours as it came, should the write that follows never come to be. */
export async function noteCame({ ledger }: Noted, key: string, there: Members | undefined): Promise<void> {
  if (there === undefined || !cameWithPlan(await ledger.read(), key)) return;
  await ledger.intend(key, undefined, there);
  await ledger.readBack(key, there);
}

/** A plan comes with resources of its own, which are as much this service's work as the plan is. */
export async function intendParts(
  { ledger, expected }: Noted & Pick<DraftTask, 'expected'>,
  key: string,
  wanted: Members,
): Promise<void> {
  const parts = Object.entries(partsOfNew(key, wanted)).filter(([part]) => expected[part] === undefined);
  const { entries } = await ledger.read();
  for (const [part, members] of parts) {
    if (entries[part] === undefined) await ledger.intend(part, undefined, members);
  }
}
