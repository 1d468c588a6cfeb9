import { asList, asObject, asText } from '../../../domain/json-value';
import type { Members } from '../../../domain/offer/offer-content';
import { FileState } from '../../../partner-center/ingestion';
import type { Package, TypeValuePair } from '../../../partner-center/ingestion';
import { found } from './failures';
import type { FileHashes } from './file-hashes';
import { idIn, sha256In, unreadable } from './file-hashes';
import { all } from './session';
import type { ProductSession } from './session';

/** The packages of a product, as far as they were read. */
export interface PackageNames {
  /** All that the product has now. */
  list(): Promise<readonly Package[]>;
  /** Asks again at the next look. */
  forget(): void;
  /** What a technical configuration's references are in the content. */
  packagesOf(wire: Members): Promise<Members>;
  /** The references to packages of a content; `undefined` where one is not there, or not processed. */
  referencesTo(packages: unknown, read: Members | undefined): Promise<readonly TypeValuePair[] | undefined>;
}

export function packageNames(session: ProductSession, hashes: FileHashes): PackageNames {
  const { client, call, productId } = session;
  let asked: Promise<readonly Package[]> | undefined;
  const list = (): Promise<readonly Package[]> => (asked ??= all(client.listPackages(productId, call)));
  const named = async (id: string): Promise<Package | undefined> => {
    const known = (await list()).find((one) => one.id === id);
    // One that a submission froze may be gone from the list.
    return known ?? (await found(client.getPackage({ productId, packageId: id }, call)))?.value;
  };
  const itemOf = async (reference: unknown): Promise<Members> => {
    const { type, value } = asObject(reference);
    const id = asText(value);
    const [{ fileName } = {}, sha256] = await Promise.all([named(id), hashes.known(id)]);
    return { type, fileName, bytes: sha256 === undefined ? unreadable(id) : `sha256:${sha256}` };
  };
  return {
    list,
    forget: () => {
      asked = undefined;
    },
    packagesOf: async ({ packageReferences }) =>
      packageReferences === undefined ? {} : { packages: await Promise.all(asList(packageReferences).map(itemOf)) },
    referencesTo: async (packages, read) => {
      const before = asList(read?.['packageReferences']).map(asReference);
      const wanted = asList(packages).map(asObject);
      const pairs = await Promise.all(wanted.map((item) => referenceTo({ list, hashes }, item, before)));
      const known = pairs.filter((pair) => pair !== undefined);
      return known.length === pairs.length ? known : undefined;
    },
  };
}

interface Known {
  readonly list: () => Promise<readonly Package[]>;
  readonly hashes: FileHashes;
}

async function referenceTo(
  known: Known,
  item: Members,
  before: readonly TypeValuePair[],
): Promise<TypeValuePair | undefined> {
  const id =
    idIn(item['bytes']) ?? (await referenced(known, item, before)) ?? (await processedPackage(known, item))?.id;
  if (id === undefined) return undefined;
  return before.find(({ value }) => value === id) ?? { type: asText(item['type']), value: id };
}

/** The one that is referred to already stays, also where the list does not show it. */
async function referenced(
  { hashes, list }: Known,
  item: Members,
  before: readonly TypeValuePair[],
): Promise<string | undefined> {
  const sha256 = sha256In(item['bytes']);
  for (const { value } of before) {
    const fileName = (await list()).find(({ id }) => id === value)?.fileName;
    const isNamed = fileName === undefined || fileName === item['fileName'];
    if (isNamed && (await hashes.known(value)) === sha256) return value;
  }
  return undefined;
}

/** A package with these bytes under this name that configurations may refer to. */
async function processedPackage({ list, hashes }: Known, item: Members): Promise<Package | undefined> {
  const sha256 = sha256In(item['bytes']);
  for (const one of await list()) {
    const isSame = one.fileName === item['fileName'] && one.state === FileState.processed;
    if (isSame && sha256 !== undefined && (await hashes.known(one.id)) === sha256) return one;
  }
  return undefined;
}

function asReference(value: unknown): TypeValuePair {
  const { type, value: id, ...rest } = asObject(value);
  return { ...rest, type: asText(type), value: asText(id) };
}
