import type { CatalogueEntry } from './failure-catalogue';

/**
 * Every fault that a request can have, and what to do about it. Codes are part of the contract: add, never rename.
 * A part of `docs/problems.md` is generated from here.
 */
export const faultCatalogue = {
  'unknown-member': {
    title: 'Nothing is known by this name here',
    remedy: 'Compare the spelling with GET /schemas/release.json, or leave the member out.',
  },
  'not-supported': {
    title: 'The contract knows it, this version does not do it yet',
    remedy: 'Leave it out, or publish this part in Partner Center. It is refused rather than ignored.',
  },
  'read-only-member': {
    title: 'Partner Center sets it, nobody else can',
    remedy: 'Leave the member out.',
  },
  'ignored-member': {
    title: 'The API takes it and ignores it',
    remedy: 'Leave the member out, and set it in Partner Center, under Properties of the app.',
  },
  'owned-elsewhere': {
    title: 'Another part of the release document says this',
    remedy: 'Use the part of the document that the message names.',
  },
  'missing-member': {
    title: 'A member that must be there is not',
    remedy: 'Add the member.',
  },
  'wrong-type': {
    title: 'The value is of another type than it must be',
    remedy: 'Send the type that the message names.',
  },
  'invalid-value': {
    title: 'The value is none of those that are allowed',
    remedy: 'Send one of the values that the message names.',
  },
  'invalid-format': {
    title: 'The text does not have the form it must have',
    remedy: 'Write it in the form that the message shows.',
  },
  'invalid-text': {
    title: 'The text holds characters that cannot be kept',
    remedy: 'Send valid Unicode without control characters.',
  },
  'too-long': {
    title: 'A text is longer, or a list has more entries, than is allowed',
    remedy: 'Shorten it to the limit that the message names; a line break counts as two characters.',
  },
  'too-short': {
    title: 'A text or a list is empty, or shorter than it must be',
    remedy: 'Send at least as much as the message names, or leave the member out.',
  },
  'out-of-range': {
    title: 'A number or a duration lies outside of its bounds',
    remedy: 'Send one within the bounds that the message names.',
  },
  'not-clearable': {
    title: 'The API has no empty value here',
    remedy: 'Send a value, or leave the member out to keep what is there.',
  },
  duplicate: {
    title: 'The same thing is there twice',
    remedy: 'Leave one of them out; names are compared without case.',
  },
  'duplicate-member': {
    title: 'An object has the same member twice',
    remedy: 'Leave one of them out.',
  },
  'forbidden-member': {
    title: 'No member may have this name',
    remedy: 'Leave the member out.',
  },
  'invalid-file-name': {
    title: 'It is no file name that a package can have',
    remedy: 'Use a relative path with "/", without "..", drive, or any of < > : " | ? * \\ and control characters.',
  },
  'invalid-url': {
    title: 'The address is none that bytes are read from',
    remedy: 'Use a complete https address without user name, password and fragment.',
  },
  'host-not-allowed': {
    title: 'Bytes are not read from this host',
    remedy: 'Upload the file with POST /uploads, or ask the administrator to add the host to PUBLISHER_ALLOWED_HOSTS.',
  },
  'secret-not-allowed': {
    title: 'Release documents may not name this secret',
    remedy: 'Store it in Key Vault under a name that begins as PUBLISHER_SECRET_PREFIX says, and name that.',
  },
  'unknown-account': {
    title: 'No such account is configured',
    remedy: 'Name one that GET /accounts lists, or add it to PUBLISHER_ACCOUNTS.',
  },
  'unknown-language': {
    title: 'The Store has no listings in this language',
    remedy: 'Use a language code of the Store as "en-us"; case does not matter.',
  },
  'wrong-file-type': {
    title: 'A file of this kind does not belong here',
    remedy: 'Name a PNG for a picture, and an MP4 or MOV for a trailer.',
  },
  'asset-not-found': {
    title: 'The document has no asset by this path',
    remedy: 'Add it to assets under the very path that the file names, or mend the path.',
  },
  'file-too-large': {
    title: 'A file is larger than Partner Center takes where it is used',
    remedy: 'Make it smaller: a picture may have 50 MB, a trailer 2 GB.',
  },
  'picture-size': {
    title: 'A picture has other dimensions than its place in the Store needs',
    remedy: 'Draw it in one of the sizes that the message names.',
  },
  'release-not-usable': {
    title: 'The earlier release has nothing that could be taken from it',
    remedy: 'Name a release of this service whose bytes were checked, or upload the files.',
  },
  'image-not-found': {
    title: 'The product has no such picture in this place',
    remedy: 'Take the id from a fresh export; a new picture is named by its file.',
  },
  'trailer-not-found': {
    title: 'The product has no such trailer',
    remedy: 'Take the id from a fresh export; a new trailer is named by its file.',
  },
  'announced-file': {
    title: 'The draft to go on with announces files that only its maker has',
    remedy:
      'Send the files that the message names too (a package may be taken out), or begin anew with onForeignDraft "replace".',
  },
  'advanced-listing': {
    title: 'The app may have no trailers and gaming options',
    remedy: 'Leave them out, or ask Microsoft for the permission of advanced listings.',
  },
  'listing-not-found': {
    title: 'The product has no listing in this language, and the patch does not make one',
    remedy: 'Send a complete listing, with what the message names, or name another language.',
  },
  'listing-missing': {
    title: 'No listing would remain',
    remedy: 'Keep one language, or add one with title and description.',
  },
  'plan-not-found': {
    title: 'The product has no such plan',
    remedy: 'Take the id from a fresh export, or make the plan in changes.plans with what the message names.',
  },
  'market-missing': {
    title: 'The plan would be sold nowhere',
    remedy: 'Set one of its markets to "Enabled" in changes.plans.<plan>.availability.marketStates.',
  },
  'title-missing': {
    title: 'A listing would have no title',
    remedy: 'Give it one of the reserved names: no package has its language, so none can lend one.',
  },
  'category-missing': {
    title: 'The app has no category yet',
    remedy: 'Set changes.applicationCategory.',
  },
  'content-type-missing': {
    title: 'The add-on has no content type yet',
    remedy: 'Set changes.contentType.',
  },
  'price-kept': {
    title: 'The release may not change the price',
    remedy:
      'Leave the price out of changes, and set it back in Partner Center where the draft of somebody else has changed it; or say options.price "change".',
  },
  'price-tier': {
    title: 'The product has no such price tier',
    remedy: 'Take a tier from the table in Partner Center, under Pricing and availability.',
  },
  'package-identity': {
    title: 'The package has another identity than the app',
    remedy: 'Build it with the identity name that Partner Center shows under Product identity, or name its own app.',
  },
  'package-publisher': {
    title: 'The package names another publisher than the app',
    remedy: 'Build it with the publisher that Partner Center shows under Product identity.',
  },
  'package-missing': {
    title: 'No package would be there',
    remedy: 'Add a package, or keep one.',
  },
  'package-not-found': {
    title: 'The product has no package of this name',
    remedy: 'Compare the name with the packages of POST /releases/plan.',
  },
  'package-name-taken': {
    title: 'The product has a package of this file name, which stays',
    remedy: 'Name the new one differently, or take the old one out with oldPackages.remove.',
  },
  'package-duplicate': {
    title: 'Two packages have the same version and architecture',
    remedy: 'Raise the version, or leave one of the two out: the Store refuses them together.',
  },
  'package-not-rising': {
    title: 'The version does not rise above the one that is there for the same devices',
    remedy:
      'Raise the version: devices get the highest that they can run. Where a lower one is meant, take the higher one out with oldPackages.remove.',
  },
  'package-served': {
    title: 'Everyone outside of the rollout runs this package',
    remedy: 'Leave it in until the rollout was finalized, or release without options.rollout.',
  },
  'signed-in': {
    title: 'Who asks is known from the sign-in',
    remedy: 'Leave "by" out.',
  },
  'nothing-asked': {
    title: 'The document asks for nothing',
    remedy: 'Add packages, oldPackages.remove, changes or a submission.',
  },
  'address-not-put-back': {
    title: 'A canceled release wrote an address with another query, and the one before cannot be put back',
    remedy:
      'Set the address that belongs there in Partner Center, or release it, before anything of this draft is published.',
  },
  'secret-not-put-back': {
    title: 'A canceled release wrote a secret, and the one before cannot be put back',
    remedy:
      'Set the secret that belongs there in Partner Center, or release it by its name in Key Vault, before anything of this draft is published.',
  },
} as const satisfies Record<string, CatalogueEntry>;

/** The code of a fault: closed here, open for clients. */
export type FaultCode = keyof typeof faultCatalogue;
