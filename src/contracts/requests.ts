import { z } from 'zod';
import { Line, Lines, Sha256 } from './forms';

/** Bodies of the smaller requests. */

export const By = Line(256)
  .min(1)
  .meta({ description: 'Who says so. Recorded as claimed; refused where callers sign in, for then it is known.' });
const Words = Lines(2000);

export const DecisionRequest = z
  .strictObject({
    gateId: Line(200).min(1).meta({ description: 'From `waitingFor` of the release: the gate that was looked at.' }),
    comment: Words.optional(),
    by: By.optional(),
  })
  .meta({ id: 'DecisionRequest' });
export type DecisionRequest = z.infer<typeof DecisionRequest>;

export const CancelRequest = z
  .strictObject({
    reason: Words.optional(),
    abandon: z
      .boolean()
      .meta({ description: 'After the commit: stop watching what can no longer be stopped.', default: false })
      .optional(),
    by: By.optional(),
  })
  .meta({ id: 'CancelRequest' });
export type CancelRequest = z.infer<typeof CancelRequest>;

export const RetryRequest = z.strictObject({ by: By.optional() }).meta({ id: 'RetryRequest' });
export type RetryRequest = z.infer<typeof RetryRequest>;

/** 25 GB: the largest package that the Store takes. */
const maxUploadSize = 25 * 1024 ** 3;

export const UploadRequest = z
  .strictObject({
    sha256: Sha256,
    size: z.int().min(1).max(maxUploadSize).meta({ description: 'Bytes.' }),
  })
  .meta({ id: 'UploadRequest' });
export type UploadRequest = z.infer<typeof UploadRequest>;
