import type { RunRef } from '../../src/contracts/activities';
import type { OfferCall, PublicationCall } from '../../src/contracts/offer-activities';
import { ok } from '../../src/domain/failure';
import type { FakeWorld } from './fake-activities';

/** Every activity of offers on a fake offer: each looks before it acts, and may run twice. */
export function offerActivityFakes(world: FakeWorld) {
  const { records, offer } = world;
  const product = { kind: 'marketplace-product', productId: 'product' } as const;
  return {
    findOffer: async () => ok({ product: offer.count('make') === 0 && world.isMissing ? null : product }),
    makeOffer: async () => {
      offer.done.push('make');
      return ok({ product });
    },
    lookAtOffer: async () => ok(offer.see()),
    writeOfferDraft: async () => ok({ done: offer.write('write'), written: 1, total: 2 }),
    uploadOfferFiles: async () =>
      ok(offer.write('upload') ? { done: true as const, total: 9 } : { done: false as const, sent: 3, total: 9 }),
    verifyOffer: async ({ place }: OfferCall & { place: string }) => {
      offer.done.push(`verify ${place}`);
      return ok({});
    },
    publishOffer: async (input: OfferCall) => {
      const publicationId = offer.publication?.id ?? offer.publish();
      await records.runs.setSubmission(input, publicationId);
      return ok({ publicationId, status: 'previewing' });
    },
    pollOffer: async () => ok({ progress: offer.poll(), activeReleases: 1 }),
    promoteOffer: async (input: PublicationCall) => {
      const phase = await records.runs.setPhaseCommitting(input);
      if (phase === 'canceled') return ok({ promoted: false as const, why: 'canceled' as const });
      const publicationId = offer.promote();
      await records.runs.setPhaseCommitted(input);
      return ok({ promoted: true as const, publicationId });
    },
    withdrawOffer: async (_input: RunRef) => {
      offer.done.push('withdraw');
      const phase = offer.publication?.phase;
      const stays = phase === 'preview-ready' && !offer.cancelsPreviews;
      if (phase === 'previewing' || (phase === 'preview-ready' && offer.cancelsPreviews)) offer.phases = ['canceled'];
      const left = [...(offer.isTouched ? (['draft'] as const) : []), ...(stays ? (['preview'] as const) : [])];
      return ok({ done: true as const, left });
    },
    settleOffer: async ({ end }: { end: string }) => {
      offer.done.push(`settle ${end}`);
      return ok({});
    },
  };
}
