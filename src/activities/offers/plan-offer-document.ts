import type { OfferDocument } from '../../domain/release-document';
import { namedOffer, offerNamingKey, offerOf, withOffer } from '../../domain/offer/offer';
import type { Offer } from '../../domain/offer/offer';
import { publishing } from '../../domain/offer/offer-plan';
import { productKey } from '../../domain/product';
import { behindOthers, blockedPlan, catalogued } from '../../domain/store/release-plan';
import type { ReleasePlan } from '../../domain/store/release-plan';
import type { PlanDeps, PlanTask } from '../plan-task';
import { toFailure } from '../to-failure';
import { planOf } from './look-at-offer';
import type { AskedContent } from './offer-api';
import { openDirectory, openOffer, remoteReading } from './open-offer';
import { judgeFound, readOffer, recognised } from './read-offer';

type Task = PlanTask & { readonly document: OfferDocument };

/** What a release of an offer would do, judged as its run would judge it. Reads alone. */
export async function planOfferDocument(deps: PlanDeps, task: Task): Promise<ReleasePlan> {
  const { document, content } = task;
  const { target } = document;
  if (content.faults.length > 0) return blockedPlan(target, content.faults);
  try {
    const product = await findOffer(deps, task);
    return product === null ? await planNew(deps, task) : await planFor(deps, task, product);
  } catch (error) {
    const failure = toFailure(error, remoteReading(target.kind));
    // The run would look, and fail of it.
    if (failure === undefined || !ofTheOffer.includes(failure.code)) throw error;
    const { code, message } = failure;
    return blockedPlan(target, [{ code, message, pointer: '/target' }]);
  }
}

const ofTheOffer: readonly string[] = ['product-not-found', 'product-forbidden', 'product-type-unsupported'];

async function findOffer(deps: PlanDeps, { document: { account, target }, callOf }: Task): Promise<Offer | null> {
  const named = namedOffer(target);
  if (named === null) return offerOf(target);
  return (await openDirectory(deps, target.kind, account, callOf)).find(named);
}

async function planFor(deps: PlanDeps, { document, content, callOf }: Task, product: Offer): Promise<ReleasePlan> {
  const { api } = await openOffer(deps, { account: document.account, product }, callOf);
  const found = await readOffer(deps, api, product);
  const asked = await recognised(api, found, askedOf(content), document.changes);
  const judged = judgeFound(api, found, asked, null);
  const plan = planOf(api, { asked, found, judged });
  const isNothing = judged.nothingToPublish && judged.changed.length === 0;
  const shown = { ...plan, target: withOffer(document.target, product), ...(isNothing ? { actions: [] } : {}) };
  return behindOthers(shown, document, await deps.claims.holder(productKey(product)));
}

/** What the release asks for, by what a plan has found in its files. */
function askedOf({ document, packages, hashes }: Task['content']): AskedContent {
  return {
    document,
    packages: packages.map(({ fileName, sha256, size }, index) => {
      const { plan = '', version = '' } = document.packages?.[index] ?? {};
      return { fileName, plan, version, sha256, size };
    }),
    assets: hashes,
  };
}

/** Of an offer that is to be made: what its draft comes with shows only then. */
async function planNew(deps: PlanDeps, { document }: Task): Promise<ReleasePlan> {
  const { target, account } = document;
  const named = namedOffer(target);
  if (named?.create === undefined) return blockedPlan(target, [catalogued('product-not-found', '/target')]);
  const plan: ReleasePlan = {
    target,
    actions: ['createOffer', 'updateDraft', ...publishing(document.options ?? {})],
    diff: [],
    packages: [],
    warnings: [
      { code: 'first-publication', message: 'The offer is made first: the plan shows nothing of its content.' },
    ],
    blockers: [],
  };
  return behindOthers(plan, document, await deps.claims.holder(offerNamingKey(account, named)));
}
