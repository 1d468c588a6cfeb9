import { z } from 'zod';
import { Duration, isTime, Line, Time } from './forms';
import { fault } from './rule';

/** How a release goes about it: the `options` of the release document. */

const Stage = z
  .strictObject({
    percentage: z
      .number()
      .gt(0)
      .max(100)
      .meta({ description: 'Of the people who get the new packages; above 0, at most 100.' }),
    for: Duration('PT1M', 'P90D').meta({ description: 'Absent = until a person goes on.' }).optional(),
  })
  .meta({ id: 'RolloutStage' });

const RolloutOptions = z
  .strictObject({
    stages: z
      .array(Stage)
      .min(1)
      .max(20)
      .refine(
        (stages) => stages.every(({ percentage }, at) => at === 0 || percentage > (stages[at - 1]?.percentage ?? 0)),
        fault('invalid-value', 'Each stage has a higher percentage than the one before.'),
      ),
    finalize: z
      .boolean()
      .meta({ default: false, description: 'Everyone gets the packages after the last stage.' })
      .optional(),
  })
  .meta({ id: 'RolloutOptions', description: 'A gradual rollout; absent = everyone at once.' });

const PublishAt = z
  .string()
  .refine(
    (text) => text === 'manual' || isTime(text),
    fault('invalid-format', 'Send "manual", or a time as 2026-12-01T08:00:00Z.'),
  )
  .meta({
    description:
      'The earliest go-live: a time, or "manual" = a person presses publish. Absent = as the product has it.',
    examples: ['manual', '2026-12-01T08:00:00Z'],
  });

export const ReleaseOptions = z
  .strictObject({
    until: z
      .enum(['published', 'certified', 'committed', 'preview', 'draft'])
      .meta({
        default: 'published',
        description:
          'Where it ends as succeeded. Store: committed, certified, published; marketplace: draft, preview, published.',
      })
      .optional(),
    onBusy: z.enum(['queue', 'refuse', 'supersede']).meta({ default: 'queue' }).optional(),
    onForeignDraft: z.enum(['refuse', 'replace', 'adopt']).meta({ default: 'refuse' }).optional(),
    onRunningRollout: z.enum(['refuse', 'wait', 'finalize', 'halt']).meta({ default: 'refuse' }).optional(),
    price: z.enum(['keep', 'keep-unseen', 'change']).meta({ default: 'keep' }).optional(),
    startAt: Time.meta({ description: 'Nothing is begun before.' }).optional(),
    publishAt: PublishAt.optional(),
    approvals: z
      .array(z.enum(['commit', 'go-live']))
      .max(2)
      .meta({
        description: 'Store: "commit", none unless named. Marketplace: "commit" and "go-live"; absent = ["go-live"].',
      })
      .optional(),
    approvalTimeout: Duration('PT1M', 'P30D').meta({ default: 'P3D' }).optional(),
    rollout: RolloutOptions.optional(),
    notificationEmails: z
      .array(
        Line(254).regex(/^[^\s@,]+@[^\s@,]+$/, fault('invalid-format', 'Write a mail address as team@contoso.com.')),
      )
      .min(1)
      .max(20)
      .meta({ description: 'cloud-partner-offer only, where it must be there: who is told of the publication.' })
      .optional(),
  })
  .meta({ id: 'ReleaseOptions', description: 'How the release goes about it.' });
