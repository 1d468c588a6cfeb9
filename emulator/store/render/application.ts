import type { Application } from '../../core/model';
import { wireDate } from '../document/wire-date';

/** An application as on the wire. *Observed*: `PackageFamilyName` with a capital P, absent references left out. */
export function renderApplication(application: Application): Record<string, unknown> {
  const reference = (id: string | undefined) =>
    id === undefined ? undefined : { id, resourceLocation: `applications/${application.id}/submissions/${id}` };
  return {
    id: application.id,
    primaryName: application.primaryName,
    PackageFamilyName: application.packageFamilyName,
    packageIdentityName: application.packageIdentityName,
    publisherName: application.publisherName,
    firstPublishedDate: wireDate(application.firstPublished),
    lastPublishedApplicationSubmission: reference(application.published),
    pendingApplicationSubmission: reference(application.pending),
    hasAdvancedListingPermission: application.hasAdvancedListingPermission,
  };
}
