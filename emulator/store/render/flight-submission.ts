import type { Submission } from '../../core/model';
import type { FlightContent } from '../document/flight-content';
import type { RenderOptions } from '../products/product-kind';
import { renderDelivery, renderPackage } from './delivery';
import { renderStatusDetails } from './status-details';

/** A submission of a flight as on the wire. *Documented*: without a friendly name, with the id of its flight. */
export function renderFlightSubmission(
  submission: Submission,
  content: FlightContent,
  { switches, fileUploadUrl }: RenderOptions,
): Record<string, unknown> {
  return {
    id: submission.id,
    flightId: submission.product,
    status: submission.status,
    statusDetails: renderStatusDetails(submission),
    flightPackages: content.flightPackages.map(renderPackage),
    packageDeliveryOptions: renderDelivery(submission, content.packageDeliveryOptions, switches),
    fileUploadUrl,
    targetPublishMode: content.targetPublishMode,
    targetPublishDate: content.targetPublishDate,
    notesForCertification: content.notesForCertification,
  };
}
