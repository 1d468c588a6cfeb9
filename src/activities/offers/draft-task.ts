import { withIntent, withReadBack } from '../../domain/offer/draft-ledger';
import { productKey } from '../../domain/product';
import type { ReleaseDocument } from '../../domain/release-document';
import type { OfferCall } from '../../contracts/offer-activities';
import type { PackageFacts } from '../../packages';
import { memorySource, piecesOf } from '../../packages';
import type { ActivityDeps } from '../deps';
import { assetFactsName, packageFactsName } from '../file-facts';
import { createFileOpener } from '../open-files';
import { readContent } from '../release-content';
import type { ReleaseContent, ReleaseFile } from '../release-content';
import type { DraftTask, LedgerAccess, TaskFile, TaskFiles } from './offer-api';
import type { DraftPlan } from './offer-files';

type Deps = Pick<
  ActivityDeps,
  'offers' | 'work' | 'documents' | 'packages' | 'stopping' | 'readSecret' | 'now' | 'settings'
>;

/** What the draft is to become; a cancel puts back what was found. */
type Wish = Pick<DraftPlan, 'expected' | 'desired'> & { readonly isPutBack?: true };

/** What a writer of the draft works with, for one slice. */
export function draftTask(deps: Deps, input: OfferCall, { isPutBack, ...plan }: Wish): DraftTask {
  const { releaseId, product } = input;
  const deadline = deps.now().getTime() + deps.settings.sliceMs;
  return {
    releaseId,
    expected: plan.expected,
    desired: plan.desired,
    ledger: ledgerAccess(deps, releaseId, productKey(product)),
    files: taskFiles(deps, releaseId, productKey(product)),
    secretOf: (name) => deps.readSecret(name),
    wholeChanges: async () => {
      if (isPutBack === true) return undefined;
      return (await deps.documents.readWhole<ReleaseDocument>(releaseId))?.changes;
    },
    isOver: () => deps.stopping.aborted || deps.now().getTime() >= deadline,
    signal: deps.stopping,
  };
}

function ledgerAccess({ offers }: Pick<Deps, 'offers'>, releaseId: string, key: string): LedgerAccess {
  return {
    read: () => offers.readLedger(key),
    intend: async (resource, there, wanted) => {
      await offers.changeLedger(key, (ledger) => withIntent(ledger, releaseId, { key: resource, there, wanted }));
    },
    readBack: async (resource, there, isAsWanted = false) => {
      await offers.changeLedger(key, (ledger) => withReadBack(ledger, resource, there, isAsWanted));
    },
  };
}

/** The release's own files come first: what was checked is what is sent. */
function taskFiles(deps: Deps, releaseId: string, key: string): TaskFiles {
  let own: Promise<ReadonlyMap<string, TaskFile>> | undefined;
  return {
    find: async (sha256) => {
      own ??= ownFiles(deps, releaseId);
      const mine = (await own).get(sha256);
      if (mine !== undefined) return mine;
      const kept = await deps.offers.readFile(key, sha256);
      if (kept === undefined) return undefined;
      return { size: kept.length, pieces: piecesOf(kept), open: async () => memorySource(kept) };
    },
    keep: (sha256, bytes) => deps.offers.keepFile(key, sha256, bytes),
  };
}

async function ownFiles(deps: Deps, releaseId: string): Promise<ReadonlyMap<string, TaskFile>> {
  const content = await readContent(deps, releaseId);
  if (content === undefined) return new Map();
  const named = [
    ...content.packages.map((file, index) => ({ file, facts: packageFactsName(index) })),
    ...content.assets.map((file, index) => ({ file, facts: assetFactsName(index) })),
  ];
  const found = await Promise.all(named.map((one) => ownFile(deps, content, { releaseId, ...one })));
  return new Map(found.flatMap((one) => (one === undefined ? [] : [one])));
}

interface Named {
  readonly releaseId: string;
  readonly file: ReleaseFile;
  readonly facts: string;
}

async function ownFile(
  deps: Deps,
  { zips }: ReleaseContent,
  { releaseId, file, facts: name }: Named,
): Promise<readonly [string, TaskFile] | undefined> {
  const facts = await deps.work.get<PackageFacts>(releaseId, name);
  if (facts === undefined) return undefined;
  const open = () => createFileOpener(deps, zips).open(file, { access: 'forward', pin: facts.pin });
  return [facts.sha256, { file, size: facts.size, pieces: facts, open }];
}
