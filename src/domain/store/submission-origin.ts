/**
 * Whose an unpublished submission is:
 * `own` = made by this very release · `leftover` = by an ended release of this service, untouched since ·
 * `foreign` = anybody's, made over the API · `portal` = made or touched in Partner Center, out of the API's reach.
 */
export type SubmissionOrigin = 'own' | 'leftover' | 'foreign' | 'portal';
