import type { AddOnContent } from './add-on-content';
import type { ApplicationContent } from './application-content';
import type { DeliveryOptions, Package } from './delivery';
import type { FlightContent } from './flight-content';

/** The document of a submission of any kind. */
export type Content = ApplicationContent | FlightContent | AddOnContent;

/** The packages of a document; add-ons have none. */
export function packagesOf(content: Content): Package[] {
  if ('applicationPackages' in content) return content.applicationPackages;
  return 'flightPackages' in content ? content.flightPackages : [];
}

/** Replaces the packages of a document that has some. */
export function setPackages(content: Content, packages: Package[]): void {
  if ('applicationPackages' in content) content.applicationPackages = packages;
  else if ('flightPackages' in content) content.flightPackages = packages;
}

/** The package rollout of a document; add-ons have none. */
export function rolloutOf(content: Content): DeliveryOptions['packageRollout'] | undefined {
  return 'packageDeliveryOptions' in content ? content.packageDeliveryOptions.packageRollout : undefined;
}

/** Languages of the listings of a document; flights have none. */
export function languagesOf(content: Content): string[] {
  return 'listings' in content ? Object.keys(content.listings) : [];
}
