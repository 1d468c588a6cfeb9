import { z } from 'zod';
import type { StoreFlightChanges as DomainChanges } from '../domain/store/changes/document';
import type { Agree } from './agree';
import { DeliveryChanges, NotesForCertification } from './store-app-changes';

/** A merge patch on the export of a flight. */
export const StoreFlightChanges = z
  .strictObject({
    notesForCertification: NotesForCertification.optional(),
    packageDeliveryOptions: DeliveryChanges.optional(),
  })
  .meta({
    id: 'StoreFlightChanges',
    description: 'A merge patch (RFC 7396) on the export of a flight: listings and price are those of the app.',
  });

type _Agreement = Agree<z.infer<typeof StoreFlightChanges>, DomainChanges>;
const _agreement: _Agreement = true;
