import { empty, Refusal } from '../../core/answer';
import { findFlight } from '../access';
import { FlightContent } from '../document/flight-content';
import { readFlightUpdate } from '../document/read-flight-update';
import { renderFlightSubmission } from '../render/flight-submission';
import type { ProductKind } from './product-kind';

/** Submissions of package flights. */
export const flight: ProductKind = {
  kind: 'flight',
  name: 'Flight',
  title: 'flight',
  path: '/v1.0/my/applications/:applicationId/flights/:flightId',
  minimalLeavesOut: ['flightPackages'],
  find: (services, call) => {
    const found = findFlight(services, call);
    return { application: found.application, product: found.flight };
  },
  // *Observed* (windows-dev-center-vsts-extension #73): a flight lives as long as its first submission.
  refuseTemplate() {
    throw new Refusal(empty(404));
  },
  template: () => FlightContent.parse({}),
  read: readFlightUpdate,
  render: renderFlightSubmission,
};
