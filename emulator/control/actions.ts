import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { parseDuration } from '../core/duration';
import type { Dispatcher } from '../core/dispatcher';
import type { FaultRequest } from '../core/fault-request';
import type { Fault } from '../core/faults';
import type { JournalEntry } from '../core/journal';
import { SUBMISSION_STATUSES, type Outcome } from '../core/model';
import type { Services } from '../core/services';
import { Switches } from '../core/settings';
import { ClientSeed } from '../seed/schema';
import { wireDate } from '../store/document/wire-date';
import { knownDetails } from '../store/lifecycle/findings';
import { ProductActions } from './products';
import { UnknownName } from './unknown-name';

const Detail = z.strictObject({ code: z.string(), details: z.string().default('') });

/** How the next commit is to end. */
export const OutcomeRequest = z.strictObject({
  /** Of which product; of any when none is named. A flight of an application is a product of its own. */
  application: z.string().optional(),
  flight: z.string().optional(),
  addOn: z.string().optional(),
  result: z.enum([
    'CommitFailed',
    'PreProcessingFailed',
    'CertificationFailed',
    'ReleaseFailed',
    'PublishFailed',
    'Stuck',
    'PendingCommit',
    'Published',
  ]),
  /** For `Stuck`: the status that is never left. */
  stuckIn: z.enum(SUBMISSION_STATUSES).default('CommitStarted'),
  /** Shorthand for one error. */
  code: z.string().optional(),
  errors: z.array(Detail).optional(),
  /** Shown from the commit on. */
  warnings: z.array(Detail).default([]),
  reports: z.array(z.strictObject({ date: z.string(), reportUrl: z.string() })).optional(),
  /** For `Published`: the new packages, or the rollout that was asked for. */
  loses: z.array(z.enum(['packages', 'rollout'])).optional(),
});
export type OutcomeRequest = z.input<typeof OutcomeRequest>;

/** What replaces parts of a client registration. */
export const ClientChange = z.strictObject({
  // Without the defaults of a seed: what is left out stays as it is.
  secrets: ClientSeed.shape.secrets.unwrap().optional(),
  certificates: ClientSeed.shape.certificates.unwrap().optional(),
  role: ClientSeed.shape.role.unwrap().optional(),
  readsVault: ClientSeed.shape.readsVault.unwrap().optional(),
  disabled: z.boolean().optional(),
  /** null: of no account. */
  account: z.string().nullable().optional(),
});
export type ClientChange = z.input<typeof ClientChange>;

/** A new version of a secret. */
export const SecretChange = z.strictObject({
  value: z.string(),
  enabled: z.boolean().default(true),
  notBefore: z.iso.datetime({ offset: true }).optional(),
  expires: z.iso.datetime({ offset: true }).optional(),
  contentType: z.string().optional(),
  /** As Key Vault makes them for a certificate. */
  ofCertificate: z.boolean().optional(),
});
export type SecretChange = z.input<typeof SecretChange>;

/** What a person or a test does to a running emulator, besides calling its services. */
export class Actions {
  /** Of the marketplace. */
  readonly products: ProductActions;

  constructor(
    private readonly services: Services,
    private readonly dispatcher: Dispatcher,
  ) {
    this.products = new ProductActions(services, dispatcher);
  }

  /** Sets a fault for coming requests. */
  addFault(request: z.input<typeof FaultRequest>): Fault {
    return this.services.faults.add(request);
  }

  /** Resolves when the fault has been met; with a hold, when a request is being held. */
  async faultMet(id: string, hits = 1): Promise<void> {
    await this.services.faults.met(id, hits);
  }

  /** Lets held requests go on: those of one fault, or all. */
  release(id?: string): number {
    return this.services.faults.release(id);
  }

  /** Removes all faults; held requests go on. */
  clearFaults(): void {
    this.services.faults.clear();
  }

  /** Faults and outcomes that nothing has met yet. */
  unhit(): { faults: Fault[]; outcomes: (Outcome | ReturnType<ProductActions['waiting']>[number])[] } {
    return {
      faults: this.services.faults.unhit(),
      outcomes: [...this.services.world.outcomes, ...this.products.waiting()],
    };
  }

  /** Decides how the next commit ends. */
  async addOutcome(request: OutcomeRequest): Promise<Outcome> {
    const parsed = OutcomeRequest.parse(request);
    const { result, stuckIn, code, errors, warnings, reports, loses } = parsed;
    const outcome: Outcome = {
      id: randomUUID(),
      result,
      stuckIn,
      errors: errors ?? (code === undefined ? defaultErrors(result) : [{ code, details: knownDetails(code) }]),
      warnings,
      reports: reports ?? (result === 'CertificationFailed' ? [this.defaultReport()] : []),
      ...(loses !== undefined && { loses }),
      ...productNames(parsed),
    };
    await this.dispatcher.exclusive(() => this.services.world.outcomes.push(outcome));
    return outcome;
  }

  /** Forgets the outcomes that no commit has met yet. */
  async clearOutcomes(): Promise<void> {
    await this.dispatcher.exclusive(() => void this.services.world.outcomes.splice(0));
    await this.products.clear();
  }

  /** Stops the clock, at `at` (epoch milliseconds) or where it is. */
  async freezeClock(at?: number): Promise<void> {
    await this.dispatcher.exclusive(() => this.services.clock.freeze(at));
  }

  /** Moves the clock forward by milliseconds or a duration such as `3d`; what falls due happens. */
  async advanceClock(by: number | string): Promise<void> {
    const milliseconds = typeof by === 'number' ? by : parseDuration(by);
    await this.dispatcher.exclusive(() => this.services.clock.advance(milliseconds));
    await this.dispatcher.exclusive(() => undefined);
  }

  /** Lets the clock run on. */
  async resumeClock(): Promise<void> {
    await this.dispatcher.exclusive(() => this.services.clock.resume());
  }

  /** Sets how long coming commits take. */
  async setCertification(duration: number | string): Promise<void> {
    const milliseconds = typeof duration === 'number' ? duration : parseDuration(duration);
    await this.dispatcher.exclusive(() => (this.services.world.settings.certification = milliseconds));
  }

  /** Changes switches; the others stay. */
  async setSwitches(change: Readonly<Record<string, unknown>>): Promise<Switches> {
    return this.dispatcher.exclusive(() => {
      const { settings } = this.services.world;
      settings.switches = Switches.parse({ ...settings.switches, ...change });
      return settings.switches;
    });
  }

  /** Makes every token issued so far useless. */
  async revokeTokens(): Promise<void> {
    await this.dispatcher.exclusive(() => {
      const { counters } = this.services.world;
      counters.firstValidToken = counters.token + 1;
    });
  }

  /** Replaces parts of a client registration, such as its secrets. */
  async changeClient(id: string, change: ClientChange): Promise<void> {
    const { account, ...rest } = ClientChange.parse(change);
    await this.dispatcher.exclusive(() => {
      const client = this.services.world.clients.get(id.toLowerCase());
      if (!client) throw new UnknownName(`There is no client ${id}`);
      Object.assign(client, structuredClone(rest));
      if (account === null) delete client.account;
      else if (account !== undefined) client.account = account;
    });
  }

  /** Adds a version to a secret of the vault, which it makes if needed. */
  async addSecretVersion(name: string, change: SecretChange): Promise<void> {
    const { value, enabled, notBefore, expires, contentType, ofCertificate } = SecretChange.parse(change);
    await this.dispatcher.exclusive(() => {
      const { secrets } = this.services.world;
      const secret = secrets.get(name.toLowerCase()) ?? { name, versions: [] };
      secret.versions.push({
        version: randomUUID().replaceAll('-', ''),
        value,
        enabled,
        ...(contentType !== undefined && { contentType }),
        ...(ofCertificate !== undefined && { ofCertificate }),
        created: this.services.clock.now(),
        ...(notBefore !== undefined && { notBefore: Date.parse(notBefore) }),
        ...(expires !== undefined && { expires: Date.parse(expires) }),
      });
      secrets.set(name.toLowerCase(), secret);
    });
  }

  /** Every request, oldest first, narrowed by operation, product, what came after a sequence number, or how many. */
  journal(
    filter: {
      operation?: string;
      application?: string;
      flight?: string;
      addOn?: string;
      product?: string;
      after?: number;
      newest?: number;
    } = {},
  ): readonly JournalEntry[] {
    const found = this.services.journal
      .all()
      .filter(
        (entry) =>
          (filter.operation === undefined || entry.operation === filter.operation) &&
          (filter.application === undefined || entry.application === filter.application.toUpperCase()) &&
          (filter.flight === undefined || entry.flight === filter.flight.toLowerCase()) &&
          (filter.addOn === undefined || entry.addOn === filter.addOn.toUpperCase()) &&
          (filter.product === undefined || entry.product === filter.product.toLowerCase()) &&
          entry.seq > (filter.after ?? 0),
      );
    return found.slice(-(filter.newest ?? found.length));
  }

  /** Everything that the emulator remembers, what the services never show included. */
  async state(): Promise<Record<string, unknown>> {
    return this.dispatcher.exclusive(() => {
      const { world, clock } = this.services;
      return structuredClone({
        clock: clock.read(),
        settings: world.settings,
        applications: Object.fromEntries(world.applications),
        flights: Object.fromEntries(world.flights),
        addOns: Object.fromEntries(world.addOns),
        submissions: Object.fromEntries(world.submissions),
        outcomes: world.outcomes,
        products: Object.fromEntries(world.products),
        ingestion: world.ingestion,
      });
    });
  }

  /** Back to the seed: state, clock, settings, faults and journal. */
  async reset(): Promise<void> {
    this.services.faults.clear();
    await this.dispatcher.exclusive(() => {
      this.services.world.reset();
      this.services.journal.clear();
      this.services.rateLimit.clear();
    });
  }

  private defaultReport(): { date: string; reportUrl: string } {
    return {
      date: wireDate(this.services.clock.now()),
      reportUrl: 'https://partner.microsoft.com/dashboard/reports/certification',
    };
  }
}

/** Names of products in the case in which they are kept. */
function productNames({ application, flight, addOn }: z.output<typeof OutcomeRequest>): Partial<Outcome> {
  return {
    ...(application !== undefined && { application: application.toUpperCase() }),
    ...(flight !== undefined && { flight: flight.toLowerCase() }),
    ...(addOn !== undefined && { addOn: addOn.toUpperCase() }),
  };
}

/** What a failure says when nothing else was asked for (*assumed*). */
function defaultErrors(result: OutcomeRequest['result']): { code: string; details: string }[] {
  switch (result) {
    case 'CommitFailed':
      return [{ code: 'InvalidState', details: 'The submission has validation errors.' }];
    case 'PreProcessingFailed':
      return [{ code: 'PackageValidationFailed', details: 'A package did not pass the scan.' }];
    case 'ReleaseFailed':
    case 'PublishFailed':
      return [{ code: 'ServiceError', details: 'The service could not finish. Please try again.' }];
    default:
      return [];
  }
}
