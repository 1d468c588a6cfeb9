import { date, flag, object } from './shape';

/** What of the delivery of packages `changes` says; the rollout is an option of the release. */
export const delivery = object({ isMandatoryUpdate: flag, mandatoryUpdateEffectiveDate: date });
