import type { z } from 'zod';
import type { Application } from '../../core/model';
import type { Switches } from '../../core/settings';
import { invalidValue } from '../errors';
import { canonicalNames } from './canonical-names';
import type { DeliveryOptions } from './delivery';
import { refusalFor } from './literals';

const READ_ONLY = ['id', 'flightId', 'status', 'statusDetails', 'fileUploadUrl', 'friendlyName'];
const LANGUAGE = /^[a-z]{2,8}(-[a-z0-9]{2,8})*$/;

/** What an update is read against. */
export interface UpdateContext<C> {
  readonly stored: { readonly content: C; readonly hiddenPrice: string | undefined };
  readonly application: Application;
  readonly switches: Switches;
  /** A body on create is read as an update is, but names some things otherwise. */
  readonly isCreate: boolean;
}

/** What a draft becomes by an update. */
export interface Update<C> {
  readonly content: C;
  readonly hiddenPrice: string | undefined;
}

/** The members of a body in the spelling of the documentation; refuses read-only ones with the switch `readOnlyEcho`. */
export function readMembers(body: Record<string, unknown>, switches: Switches): Record<string, unknown> {
  // `canonicalNames` keeps an object an object.
  const sent = canonicalNames(body) as Record<string, unknown>;
  const echoed = READ_ONLY.find((name) => name in sent);
  if (switches.readOnlyEcho === 'reject' && echoed !== undefined) {
    throw invalidValue(`The property ${echoed} is read-only`, echoed);
  }
  return sent;
}

/**
 * The document that members make. What is left out falls back to defaults (*assumed*), or stays as it is in `kept` with
 * the switch `omittedFields`.
 */
export function parseMembers<T extends z.ZodType>(
  schemas: { strict: T; lenient: T },
  sent: Record<string, unknown>,
  { kept, switches }: { kept: object; switches: Switches },
): z.output<T> {
  const schema = switches.validation === 'strict' ? schemas.strict : schemas.lenient;
  const parsed = schema.safeParse(switches.omittedFields === 'keep' ? { ...kept, ...sent } : sent);
  if (!parsed.success) throw refusalFor(parsed.error);
  return parsed.data;
}

/** Keeps `isSeekEnabled` from the one object that is read for it (switch `seekEnabledPlace`). */
export function placeSeekEnabled({ isSeekEnabled, ...options }: DeliveryOptions, switches: Switches): DeliveryOptions {
  if (switches.seekEnabledPlace === 'packageRollout') return options;
  const { isSeekEnabled: _elsewhere, ...rollout } = options.packageRollout;
  return { ...options, packageRollout: isSeekEnabled === undefined ? rollout : { ...rollout, isSeekEnabled } };
}

/** Whether listings are not there, or are none. */
export function isEmptyMap(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

/** *Observed*: language keys are lower-case; what the API says to others is *assumed*. */
export function checkLanguages(listings: object): void {
  const odd = Object.keys(listings).find((code) => !LANGUAGE.test(code));
  if (odd !== undefined) throw invalidValue(`The language code ${odd} is not valid`, 'listings');
}
