import { activities } from './activities';
import { offerActivities } from './offer-activities';

/** Every activity that an orchestrator starts. */
export const everyActivity = { ...activities, ...offerActivities } as const;
