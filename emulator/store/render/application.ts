import type { Application } from '../../core/model';
import type { Switches } from '../../core/settings';
import { wireDate } from '../document/wire-date';
import { withAbsentMembers } from './absent-members';
import { reference } from './reference';

/** An application as on the wire. *Observed*: `PackageFamilyName` with a capital P, absent references left out. */
export function renderApplication(application: Application, switches: Switches): Record<string, unknown> {
  const base = `applications/${application.id}`;
  const rendered = {
    id: application.id,
    primaryName: application.primaryName,
    PackageFamilyName: application.packageFamilyName,
    packageIdentityName: application.packageIdentityName,
    publisherName: application.publisherName,
    firstPublishedDate: wireDate(application.firstPublished),
    lastPublishedApplicationSubmission: reference(base, application.published),
    pendingApplicationSubmission: reference(base, application.pending),
    hasAdvancedListingPermission: application.hasAdvancedListingPermission,
  };
  return withAbsentMembers(rendered, switches);
}
