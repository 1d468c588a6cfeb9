import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { json, type Answer } from '../../core/answer';
import type { Call } from '../../core/call';
import type { Application, Flight } from '../../core/model';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import type { World } from '../../core/world';
import { findApplication } from '../access';
import { readObject } from '../body';
import { canonicalNames } from '../document/canonical-names';
import { refusalFor } from '../document/literals';
import { addDraft, draftOf } from '../draft';
import { invalidState, invalidValue } from '../errors';
import { flight as kind } from '../products/flight';
import { NO_FLIGHT, renderFlight } from '../render/flight';

/** *Documented*: nothing is required. Numbers come back as text. */
const CreateFlight = z.object({
  friendlyName: z.string().default(''),
  groupIds: z.array(z.union([z.string().regex(/^\d+$/), z.int().nonnegative()]).transform(String)).default([]),
  rankHigherThan: z.string().optional(),
});

/**
 * `POST applications/{id}/flights` (R42).
 *
 * - *Documented*: 201 with the flight; without `rankHigherThan` it ranks highest.
 * - *Observed*: its first submission is made with it (StoreBroker).
 * - *Assumed*: `rankHigherThan` is a name that exists, which the new flight comes right above; a name that is taken
 *   answers 409.
 */
export function createFlight(services: Services): Operation {
  return {
    name: 'createFlight',
    surface: 'store',
    method: 'POST',
    path: '/v1.0/my/applications/:applicationId/flights',
    run: (call) => create(services, call),
  };
}

function create(services: Services, call: Call): Answer {
  const application = findApplication(services, call);
  const { world } = services;
  const parsed = CreateFlight.safeParse(canonicalNames(readObject(call) ?? {}));
  if (!parsed.success) throw refusalFor(parsed.error);
  const { friendlyName, groupIds, rankHigherThan } = parsed.data;
  const ranks = application.flights ?? [];
  const place = rankHigherThan === undefined ? 0 : placeAbove(world, ranks, rankHigherThan);
  if (friendlyName !== '' && ranks.some((id) => world.flights.get(id)?.friendlyName === friendlyName)) {
    throw invalidState(`A flight with the name ${friendlyName} already exists`, 'friendlyName');
  }
  const flight: Flight = { id: randomUUID(), application: application.id, friendlyName, groupIds, lastNumber: 0 };
  world.flights.set(flight.id, flight);
  application.flights = ranks.toSpliced(place, 0, flight.id);
  call.facts.flight = flight.id;
  call.facts.submission = addFirst(services, application, flight);
  return json(201, renderFlight(world, application, flight));
}

function placeAbove(world: World, ranks: readonly string[], name: string): number {
  if (name === NO_FLIGHT) return ranks.length;
  const place = ranks.findIndex((id) => world.flights.get(id)?.friendlyName === name);
  if (place < 0) throw invalidValue(`There is no flight with the name ${name}`, 'rankHigherThan');
  return place;
}

function addFirst(services: Services, application: Application, flight: Flight): string {
  const submission = draftOf(services, kind, { application, product: flight });
  addDraft(services, flight, submission);
  return submission.id;
}
