import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Dispatcher } from '../core/dispatcher';
import type { Services } from '../core/services';
import type { PackageOutcome, SubmissionOutcome } from '../ingestion/model';
import { PersonEdit, type PersonEditInput } from '../ingestion/person-edit';
import { liveView } from '../ingestion/submissions/live';
import { defaultReport } from '../ingestion/submissions/phases';
import { act } from './person';
import { productNamed } from './product-named';

const Item = z.strictObject({
  errorCode: z.string(),
  severity: z.string().default('Error'),
  message: z.string(),
  resource: z.string().default('Package'),
});

/** How the next submission of a product is to go. */
export const SubmissionOutcomeRequest = z.strictObject({
  /** Id or offer id; of any product when none is named. */
  product: z.string().optional(),
  result: z.enum(['ValidationFailed', 'FailedInCertification', 'Stuck', 'Published']),
  /** For `Stuck`: the substate that is never left. */
  stuckIn: z.enum(['Submitted', 'Publishing']).default('Submitted'),
  /** How many times longer than usual it takes. */
  slower: z.number().positive().default(1),
  /** Besides what the emulator finds itself; those of the severity `Error` make it fail. */
  validations: z.array(Item).optional(),
  reports: z.array(z.strictObject({ reportTimeInUtc: z.string(), status: z.string(), fileUri: z.string() })).optional(),
});
export type SubmissionOutcomeRequest = z.input<typeof SubmissionOutcomeRequest>;

/** How the next package is to be processed: it fails with these items, or passes whatever it is when there are none. */
export const PackageOutcomeRequest = z.strictObject({
  product: z.string().optional(),
  fileName: z.string().optional(),
  validationItems: z
    .array(Item)
    .default([
      { errorCode: 'Package-40001', severity: 'Error', message: 'The package is not valid.', resource: 'Package' },
    ]),
});
export type PackageOutcomeRequest = z.input<typeof PackageOutcomeRequest>;

/** What a test decides about products of the marketplace, and sees of them. */
export class ProductActions {
  constructor(
    private readonly services: Services,
    private readonly dispatcher: Dispatcher,
  ) {}

  /** Decides how the next submission goes. */
  async addSubmissionOutcome(request: SubmissionOutcomeRequest): Promise<SubmissionOutcome> {
    const { product, result, stuckIn, slower, validations, reports } = SubmissionOutcomeRequest.parse(request);
    return this.dispatcher.exclusive(() => {
      const { world, clock } = this.services;
      const outcome: SubmissionOutcome = {
        id: randomUUID(),
        ...(product !== undefined && { product: productNamed(this.services, product).id }),
        result,
        stuckIn,
        slower,
        validations: validations ?? (result === 'ValidationFailed' ? [defaultItem()] : []),
        reports: reports ?? [defaultReport(clock.now())],
      };
      world.ingestion.outcomes.push(outcome);
      return outcome;
    });
  }

  /** Decides how the next package is processed. */
  async addPackageOutcome(request: PackageOutcomeRequest): Promise<PackageOutcome> {
    const { product, fileName, validationItems } = PackageOutcomeRequest.parse(request);
    return this.dispatcher.exclusive(() => {
      const outcome: PackageOutcome = {
        id: randomUUID(),
        ...(product !== undefined && { product: productNamed(this.services, product).id }),
        ...(fileName !== undefined && { fileName }),
        validationItems,
      };
      this.services.world.ingestion.packageOutcomes.push(outcome);
      return outcome;
    });
  }

  /** Outcomes that nothing has met yet. */
  waiting(): (SubmissionOutcome | PackageOutcome)[] {
    const { outcomes, packageOutcomes } = this.services.world.ingestion;
    return [...outcomes, ...packageOutcomes];
  }

  /** Forgets them. */
  async clear(): Promise<void> {
    await this.dispatcher.exclusive(() => {
      const { outcomes, packageOutcomes } = this.services.world.ingestion;
      outcomes.splice(0);
      packageOutcomes.splice(0);
    });
  }

  /**
   * Does what a person does in Partner Center; gives the id of what was changed or made.
   *
   * @param product the one that is meant when the edit names none
   */
  async person(edit: PersonEditInput, product?: string): Promise<{ id: string }> {
    const parsed = PersonEdit.parse(edit);
    return this.dispatcher.exclusive(() => ({ id: act(this.services, parsed, product) }));
  }

  /** What buyers see of a product. */
  async live(product: string): Promise<unknown> {
    return this.dispatcher.exclusive(() => structuredClone(liveView(productNamed(this.services, product))));
  }
}

/** *Assumed*. */
function defaultItem(): SubmissionOutcome['validations'][number] {
  return { errorCode: 'Validation-10001', severity: 'Error', message: 'The validation failed.', resource: 'Listing' };
}
