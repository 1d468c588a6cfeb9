import type { CatalogueEntry } from '../failure-catalogue';

/**
 * What a plan warns of: nothing that stops a release, but easily overlooked. Codes are part of the contract: add, never
 * rename.
 */
export const warningCatalogue = {
  'first-submission': {
    title: 'The product was never published',
    remedy: 'Answer the age questionnaire in Partner Center and check the whole plan: nothing is inherited.',
  },
  'release-notes-old': {
    title: 'New packages come beside the release notes of the last release',
    remedy: 'Change releaseNotes of every language, or empty them with null.',
  },
  'release-notes-partial': {
    title: 'New packages come beside new release notes in some languages only',
    remedy: 'Change releaseNotes of the languages that the message names too, or empty them with null.',
  },
  'mandatory-update-inherited': {
    title: 'The new packages are a mandatory update because the last ones were',
    remedy: 'Set changes.packageDeliveryOptions.isMandatoryUpdate to false, or give the new ones a date of their own.',
  },
  'rollout-inherited': {
    title: 'The last submission had a gradual rollout, and the release says nothing of one',
    remedy: 'Set options.rollout where the new packages shall come in stages too.',
  },
  'listing-removed': {
    title: 'A language is taken out of the Store',
    remedy: 'Check that this is meant: its texts and pictures are gone with it.',
  },
  'screenshots-missing': {
    title: 'A listing would have no screenshot',
    remedy: 'Add one: the Store wants at least one screenshot in each language.',
  },
  'trailers-hidden': {
    title: 'Trailers would not be shown',
    remedy: 'Add an image of the type PromotionalArt16x9: the Store shows trailers only beside one.',
  },
  'first-publication': {
    title: 'The offer was never published',
    remedy: 'Check the whole plan and the preview: all of the draft goes live, not the changes alone.',
  },
  'draft-adopted': {
    title: 'Work of others in the draft is published along',
    remedy: 'Look at it in Partner Center; leave onForeignDraft out where it is not ready.',
  },
  'no-go-live-gate': {
    title: 'Nobody is asked before the offer goes live',
    remedy: 'Leave options.approvals out, or name "go-live", to have a person look at the preview.',
  },
  'asset-unused': {
    title: 'Nothing names an asset',
    remedy: 'Name it in changes, or leave it out.',
  },
} as const satisfies Record<string, CatalogueEntry>;

/** The code of a warning: closed here, open for clients. */
export type WarningCode = keyof typeof warningCatalogue;

export interface Warning {
  readonly code: WarningCode;
  readonly message: string;
  /** Into the release document, where one of its members can mend it. */
  readonly pointer?: string;
}
