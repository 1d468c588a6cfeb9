import { asObject, asText, isObject } from '../json-value';
import { below, refuse } from './place';
import type { Place } from './place';

type Check = (value: unknown, at: Place) => void;

/** One of the words. */
const word =
  (...words: readonly string[]): Check =>
  (value, at) => {
    if (!words.includes(asText(value))) refuse(at, 'invalid-value', `Send one of ${words.join(', ')}: case matters.`);
  };

const form =
  (pattern: RegExp, shape: string): Check =>
  (value, at) => {
    if (!pattern.test(asText(value))) refuse(at, 'invalid-format', `Write it as ${shape}.`);
  };

const each =
  (check: Check): Check =>
  (value, at) => {
    if (Array.isArray(value)) value.forEach((one, index) => check(one, below(at, index)));
  };

const atMost =
  (most: number): Check =>
  (value, at) => {
    if (Array.isArray(value) && value.length > most) refuse(at, 'too-long', `At most ${most} are taken.`);
  };

const guid = form(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'a GUID, as 00000000-0000-0000-0000-000000000000');

/** `{"categoryL1": key, "categoryL2-<that key>": [keys]}`. */
const category: Check = (value, at) => {
  const { categoryL1: first, ...rest } = asObject(value);
  if (typeof first !== 'string' || first === '') {
    refuse(below(at, 'categoryL1'), 'missing-member', 'Name the category.');
    return;
  }
  for (const name of Object.keys(rest).filter((one) => one.startsWith('categoryL2') && one !== `categoryL2-${first}`)) {
    refuse(below(at, name), 'invalid-value', `Subcategories of this category are "categoryL2-${first}".`);
  }
};

const audience: Check = (value, at) => {
  const { manualEntries } = asObject(value);
  if (manualEntries === undefined || manualEntries === null) return;
  const there = below(at, 'manualEntries');
  if (!Array.isArray(manualEntries)) refuse(there, 'wrong-type', 'It must be a list.');
  else each((one, entry) => guid(asObject(one)['id'], below(entry, 'id')))(manualEntries, there);
};

const generations: Check = (value, at) =>
  each((one, entry) => {
    if (!isObject(one) || asText(one['planId']) === '') {
      refuse(below(entry, 'planId'), 'missing-member', 'Each generation has a plan id of its own.');
    }
  })(value, at);

const ofMachine: Readonly<Record<string, Check>> = {
  cloudAvailability: each(word('PublicAzure', 'Fairfax', 'Mooncake', 'Blackforest')),
  operatingSystemFamily: word('Windows', 'Linux'),
  generation: word('1', '2'),
  recommendedVMSizes: atMost(6),
};

/** What is known of the values of keys, by the key or by its end. */
const checks: Readonly<Record<string, Check>> = {
  ...Object.fromEntries(
    ['microsoft-azure-virtualmachines.', 'microsoft-azure-corevm.'].flatMap((prefix) =>
      Object.entries(ofMachine).map(([name, check]) => [`${prefix}${name}`, check]),
    ),
  ),
  'microsoft-azure-corevm.deploymentModels': each(word('ARM', 'RDFE')),
  'microsoft-azure-marketplace.allowedSubscriptions': each(guid),
  'microsoft-azure-corevm.allowedSubscriptions': each(guid),
  'microsoft-azure-marketplace.categoryMap': each(category),
  regions: each(form(/^[A-Z]{2}$/, 'two capital letters, as DE')),
  restrictedAudience: audience,
  diskGenerations: generations,
};

/** Checks a value that a patch sets, as far as the specification says what it may be. */
export function checkValue(name: string, value: unknown, at: Place): void {
  if (Object.hasOwn(checks, name)) checks[name]?.(value, at);
}
