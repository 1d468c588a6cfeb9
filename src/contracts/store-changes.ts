import { z } from 'zod';
import type { Fault } from '../domain/release';
import type { StoreProduct } from '../domain/store/product';
import { deviceFamilies, imageTypes, platforms, spelled } from '../domain/store/words';
import { faultsOf } from './faults';
import { jsonPointer } from './json-pointer';
import { StoreAddOnChanges } from './store-add-on-changes';
import { StoreAppChanges } from './store-app-changes';
import { StoreFlightChanges } from './store-flight-changes';
import type { Json } from './strict-json';
import { untakenChange } from './untaken-changes';

/** `changes` of each target of the Store. */
export const storeChanges = {
  'store-app': StoreAppChanges,
  'store-flight': StoreFlightChanges,
  'store-add-on': StoreAddOnChanges,
} as const;

/** What `changes` alone show, all faults together, with pointers into the release document. */
export function storeChangesFaults(kind: StoreProduct['kind'], changes: Json): Fault[] {
  const value = { changes };
  const { error } = z.object({ changes: storeChanges[kind] }).safeParse(value);
  return (error?.issues ?? []).flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((name) => unknownMember(kind, issue.path, name))
      : faultsOf([issue], value),
  );
}

/** Objects whose members are words of the API. */
const wordsOf: Readonly<Record<string, readonly string[]>> = {
  images: imageTypes,
  platformOverrides: platforms,
  allowTargetFutureDeviceFamilies: deviceFamilies,
};

function unknownMember(kind: StoreProduct['kind'], place: readonly PropertyKey[], name: string): Fault {
  const pointer = jsonPointer([...place, name]);
  const known = untakenChange(kind, place, name);
  if (known !== undefined) return { pointer, ...known };
  const right = spelled(name, wordsOf[String(place.at(-1))] ?? []);
  if (right !== undefined) return { pointer, code: 'invalid-value', message: `Write it "${right}": case matters.` };
  const shown = name.slice(0, 100);
  return {
    pointer,
    code: 'unknown-member',
    message: `Nothing is known by the name "${shown}" here: compare the spelling, or leave it out.`,
  };
}
