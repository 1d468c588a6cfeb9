import type { Fault } from '../domain/release';
import type { Gate } from '../domain/release-document';
import { PackageFileName } from './forms';
import { asObject, fault, member, textsAt } from './json-places';
import { faultCodeOf } from './rule';
import type { Json } from './strict-json';
import type { TargetKind } from './target-kinds';
import { isOfferKind } from './target-kinds';

/** What a document says that its kind of target does not have, or needs and does not say. */
export function kindFaults(kind: TargetKind, value: Json): Fault[] {
  const options = asObject(member(value, 'options'));
  const given = (name: string): boolean => Object.hasOwn(options, name);
  return [
    ...untilFaults(kind, options['until']),
    ...gateFaults(kind, value),
    ...(isOfferKind(kind) ? offerFaults(kind, value, given) : storeFaults(value, given)),
  ];
}

const untils = {
  store: ['committed', 'certified', 'published'],
  offer: ['draft', 'preview', 'published'],
} as const;

/** Where releases of this kind may end. */
export function untilsOf(kind: TargetKind): readonly string[] {
  return isOfferKind(kind) ? untils.offer : untils.store;
}

/** At which gates people may decide. */
export function gatesOf(kind: TargetKind): readonly Gate[] {
  return isOfferKind(kind) ? ['commit', 'go-live'] : ['commit'];
}

function untilFaults(kind: TargetKind, until: Json | undefined): Fault[] {
  const known = untilsOf(kind);
  // What is no text, or no value of any kind, the schema has told.
  if (typeof until !== 'string' || known.includes(until) || !isKnownUntil(until)) return [];
  return [fault(['options', 'until'], 'invalid-value', `A release of this target ends at ${known.join(', ')}.`)];
}

function isKnownUntil(until: string): boolean {
  return [...untils.store, ...untils.offer].some((one) => one === until);
}

function gateFaults(kind: TargetKind, value: Json): Fault[] {
  const gates = textsAt(value, ['options', 'approvals', '*']);
  const twice = gates.filter(({ text }, index) => gates.findIndex((one) => one.text === text) < index);
  const foreign = isOfferKind(kind) ? [] : gates.filter(({ text }) => text === 'go-live');
  return [
    ...twice.map(({ path }) => fault(path, 'duplicate', 'It is there twice.')),
    ...foreign.map(({ path }) =>
      fault(
        path,
        'invalid-value',
        'The Store publishes by itself once it is committed: only "commit" can be approved.',
      ),
    ),
  ];
}

type Given = (option: string) => boolean;

function storeFaults(value: Json, given: Given): Fault[] {
  const ofPackages = ['plan', 'version'].flatMap((name) => textsAt(value, ['packages', '*', name]));
  return [
    ...packageNames(value),
    ...ofPackages.map(({ path }) =>
      fault(
        path,
        'unknown-member',
        'Only packages of a marketplace-product have it: the Store reads it in the package.',
      ),
    ),
    ...(given('notificationEmails')
      ? [fault(['options', 'notificationEmails'], 'not-supported', 'Only cloud-partner-offer has it: leave it out.')]
      : []),
  ];
}

function packageNames(value: Json): Fault[] {
  return textsAt(value, ['packages', '*', 'fileName']).flatMap(({ path, text }) =>
    (PackageFileName.safeParse(text).error?.issues ?? [])
      .map((issue) =>
        fault(path, (issue.code === 'custom' ? faultCodeOf(issue) : undefined) ?? 'invalid-file-name', issue.message),
      )
      .slice(0, 1),
  );
}

const ofStore = ['oldPackages', 'submission', 'archive'] as const;
const optionsOfStore = ['onRunningRollout', 'rollout'] as const;

function offerFaults(kind: TargetKind, value: Json, given: Given): Fault[] {
  const { onForeignDraft, publishAt } = asObject(member(value, 'options'));
  return [
    ...ofStore
      .filter((name) => Object.hasOwn(asObject(value), name))
      .map((name) => fault([name], 'not-supported', 'Only releases to the Store have it: leave it out.')),
    ...optionsOfStore
      .filter(given)
      .map((name) => fault(['options', name], 'not-supported', 'Only releases to the Store have it: leave it out.')),
    ...(onForeignDraft === 'replace'
      ? [
          fault(
            ['options', 'onForeignDraft'],
            'invalid-value',
            'A draft of the marketplace cannot be replaced: put it back in Partner Center, or say "adopt" to publish it along.',
          ),
        ]
      : []),
    ...(publishAt === 'manual'
      ? [fault(['options', 'publishAt'], 'invalid-value', 'Send a time; a person decides at the gate "go-live".')]
      : []),
    ...(kind === 'cloud-partner-offer' ? cloudPartnerFaults(value, given) : productFaults(value)),
  ];
}

function cloudPartnerFaults(value: Json, given: Given): Fault[] {
  const files = ['packages', 'assets'].filter((name) => Object.hasOwn(asObject(value), name));
  return [
    ...files.map((name) =>
      fault([name], 'not-supported', 'The API reads files from addresses: name those in "changes" instead.'),
    ),
    ...(given('notificationEmails')
      ? []
      : [fault(['options', 'notificationEmails'], 'missing-member', 'Add it: the API wants to know whom to tell.')]),
  ];
}

function productFaults(value: Json): Fault[] {
  const packages = member(value, 'packages');
  const items = Array.isArray(packages) ? packages : [];
  return items.flatMap((item: Json, index) => {
    const source = asObject(member(item, 'source'));
    if (Object.hasOwn(source, 'release') && !Object.hasOwn(asObject(item), 'fileName')) {
      return [fault(['packages', index, 'source'], 'not-supported', 'Name the upload or the address of the package.')];
    }
    const missing = ['plan', 'version'].filter((name) => !Object.hasOwn(asObject(item), name));
    const name = member(item, 'fileName');
    return [
      ...missing.map((one) => fault(['packages', index, one], 'missing-member', `Add "${one}".`)),
      ...(typeof name === 'string' && !name.toLowerCase().endsWith('.zip')
        ? [fault(['packages', index, 'fileName'], 'invalid-file-name', 'The package of a plan is a .zip.')]
        : []),
    ];
  });
}
