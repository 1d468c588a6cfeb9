import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { CERTIFICATION, LIVE, SIGNOFF, STEPS } from '../lifecycle/steps';
import { MESSAGE_LEVELS, OFFER_RESULTS, type OfferOutcome } from '../model';

const Message = z.strictObject({ text: z.string(), level: z.enum(MESSAGE_LEVELS).default('error') });

/** How the next publication or go-live is to end. */
export const OfferOutcomeRequest = z
  .strictObject({
    /** Of which offer; of any when none is named. */
    publisher: z.string().optional(),
    offer: z.string().optional(),
    of: z.enum(['publish', 'goLive']).default('publish'),
    result: z.enum(OFFER_RESULTS),
    /** Id of the step that it is about; a go-live has one only. */
    step: z.enum(STEPS.map(({ id }) => id)).optional(),
    /** For `Stuck`: what the step shows. */
    stuckAs: z.enum(['inProgress', 'waitingForApproval']).default('inProgress'),
    messages: z.array(Message).optional(),
  })
  .refine(({ of, step }) => step === undefined || isStepOf(of, indexOf(step)), {
    message: 'A publication stops before publisher-signoff, a go-live in live',
  });
export type OfferOutcomeRequest = z.input<typeof OfferOutcomeRequest>;

/** The outcome that is asked for, with what is *assumed* where nothing is said. */
export function outcomeOf(request: OfferOutcomeRequest): OfferOutcome {
  const { publisher, offer, step, messages, ...rest } = OfferOutcomeRequest.parse(request);
  return {
    ...rest,
    id: randomUUID(),
    ...(publisher !== undefined && { publisher }),
    ...(offer !== undefined && { offer }),
    step: step === undefined ? usualStep(rest) : indexOf(step),
    messages: messages ?? usualMessages(rest.result),
  };
}

function isStepOf(of: OfferOutcome['of'], index: number): boolean {
  return of === 'publish' ? index < SIGNOFF : index === LIVE;
}

function indexOf(step: string): number {
  return STEPS.findIndex(({ id }) => id === step);
}

function usualStep({ of, result }: Pick<OfferOutcome, 'of' | 'result'>): number {
  if (of === 'goLive') return LIVE;
  return result === 'Blocked' ? 0 : CERTIFICATION;
}

function usualMessages(result: OfferOutcome['result']): OfferOutcome['messages'] {
  switch (result) {
    case 'Refused':
      return [{ text: 'The offer has validation errors.', level: 'error' }];
    case 'Blocked':
      return [{ text: 'The step cannot go on until the offer is corrected.', level: 'error' }];
    case 'CertificationFailed':
      return [{ text: 'The image did not pass certification.', level: 'error' }];
    default:
      return [];
  }
}
