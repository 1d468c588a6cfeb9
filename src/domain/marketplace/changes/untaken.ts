import { isObject } from '../../json-value';
import { jsonPointer } from '../../json-pointer';
import type { Fault } from '../../release';
import type { Reasons, Untaken } from './fields';

/** Members that people may write and that no release of a product takes, with the reason. */

function each(names: readonly string[], reason: Untaken): Reasons {
  return Object.fromEntries(names.map((name) => [name, reason]));
}

function elsewhere(message: string): Untaken {
  return { code: 'owned-elsewhere', message };
}

const notBuilt: Untaken = {
  code: 'not-supported',
  message: 'This version does not do it: leave it out, and set it in Partner Center.',
};
const readOnly: Untaken = { code: 'read-only-member', message: 'Partner Center sets it: leave it out.' };
const named: Untaken = {
  code: 'read-only-member',
  message: 'Say "file" for a new one, or "id" for one that is there.',
};
const packages = elsewhere('Use "packages" of the release document instead.');

/** Of every resource. */
const ofResource = each(['id', 'ID', '@odata.etag', 'fileSasUri', 'resourceType'], readOnly);

export const untaken = {
  product: {
    leadConfiguration: notBuilt,
    supplementalContent: notBuilt,
    cosell: notBuilt,
    packages,
    variants: elsewhere('Use "plans", by the id of each plan.'),
    submissions: elsewhere('Use "options" of the release document instead.'),
    publishOption: elsewhere('Use "options" of the release document instead.'),
    ...each(['id', 'name', 'externalIDs', 'isModularPublishing', 'resourceType'], readOnly),
  },
  setup: { ...ofResource, enableTestDrive: notBuilt, testDriveType: notBuilt },
  property: { ...ofResource, submissionVersion: readOnly },
  listing: { ...ofResource, languageCode: { code: 'read-only-member', message: 'The key says it: leave it out.' } },
  plan: { ...ofResource, externalID: { code: 'read-only-member', message: 'The key says it: leave it out.' } },
  /** Its resource type tells what it is for. */
  packageConfiguration: {
    ...each(['id', 'ID', '@odata.etag'], readOnly),
    packageReferences: packages,
    packages,
    version: elsewhere('Use "version" of the package in "packages" of the release document instead.'),
  },
  other: ofResource,
  file: {
    ...each(['fileName', 'bytes', 'fileSasUri', 'publisherDefinedSasUri'], named),
    ...each(['state', 'order', 'resourceType', '@odata.etag'], readOnly),
  },
} as const satisfies Readonly<Record<string, Reasons>>;

/** Why there are no changes to the plan of this name. */
export const testDriveUntaken = notBuilt;

const ofListing: readonly (readonly [string, Reasons])[] = [
  ['listings/*', untaken.listing],
  ['listings/*/images/*/*', untaken.file],
  ['listings/*/videos/*', untaken.file],
  ['listings/*/videos/*/thumbnail', untaken.file],
  ['listings/*/assets/*', untaken.file],
];

/** Where in changes which members are not taken; a `*` is any one name or index. */
const places: readonly (readonly [string, Reasons])[] = [
  ['', untaken.product],
  ['setup', untaken.setup],
  ['property', untaken.property],
  ['availability', untaken.other],
  ['resellerConfiguration', untaken.other],
  ['packageConfiguration', untaken.packageConfiguration],
  ...ofListing,
  ['plans', { testdrive: testDriveUntaken }],
  ['plans/*', untaken.plan],
  ['plans/*/availability', untaken.other],
  ['plans/*/packageConfiguration', untaken.packageConfiguration],
  ...ofListing.map(([place, reasons]) => [`plans/*/${place}`, reasons] as const),
];

/** The members of changes that no product takes, whatever it has. */
export function untakenMembers(changes: unknown): readonly Fault[] {
  return places.flatMap(([place, reasons]) => {
    const parts = place === '' ? [] : place.split('/');
    return objectsAt(changes, parts, ['changes']).flatMap(({ path, members }) => within(members, reasons, path));
  });
}

interface Found {
  readonly path: readonly PropertyKey[];
  readonly members: object;
}

function objectsAt(value: unknown, parts: readonly string[], path: readonly PropertyKey[]): readonly Found[] {
  if (typeof value !== 'object' || value === null) return [];
  const [part, ...rest] = parts;
  if (part === undefined) return isObject(value) ? [{ path, members: value }] : [];
  const entries = Object.entries(value).filter(([name]) => part === '*' || name === part);
  return entries.flatMap(([name, one]) => objectsAt(one, rest, [...path, name]));
}

function within(members: object, reasons: Reasons, path: readonly PropertyKey[]): readonly Fault[] {
  return Object.keys(members).flatMap((name) => {
    const reason = Object.hasOwn(reasons, name) ? reasons[name] : undefined;
    return reason === undefined ? [] : [{ pointer: jsonPointer([...path, name]), ...reason }];
  });
}
