import { activities } from '../contracts/activities';
import type { CheckAssetsOutput, TargetApi } from '../contracts/activities';
import type { Flow } from '../contracts/durable';
import { boundFaults } from '../domain/bound-faults';
import { ok } from '../domain/failure';
import type { Failure, Result } from '../domain/failure';
import type { Fault, PackageView } from '../domain/release';
import type { ReleaseTarget } from '../domain/release-document';
import { act, attempt, checkpoint, enter, skip } from './run';
import type { Run } from './run';
import { stopFailed } from './stopped';

/** Whether the account can sign in; the token itself never leaves its activity. */
export function* acquireToken(run: Run): Flow<void> {
  const { account, target } = run.plan;
  yield* enter(run, 'acquireToken');
  yield* act(run, activities.checkToken, { ...run.fence, account, ...apiOf(target) });
}

/** Absent for the Store: so it is in the history of releases that began before there were others. */
function apiOf({ kind }: ReleaseTarget): { readonly api?: TargetApi } {
  if (kind === 'marketplace-product') return { api: 'marketplace' };
  return kind === 'cloud-partner-offer' ? { api: 'cloud-partner' } : {};
}

/** Opens every package and every other file, all faults together, before anything is made. */
export function* checkPackages(run: Run): Flow<void> {
  const { packages: named, hasReferences = false } = run.plan;
  if (named === 0 && !hasReferences) return yield* skip(run, 'checkPackages', 'the release has no packages');
  yield* enter(run, 'checkPackages');
  const counts = hasReferences ? yield* followReferences(run) : { packages: named, assets: 0 };
  const packages: PackageView[] = [];
  const failures: Failure[] = [];
  for (let index = 0; index < counts.packages; index++) {
    const checked = yield* checkPackage(run, index);
    if (checked.ok) packages.push(checked.value);
    else failures.push(checked.failure);
  }
  if (counts.assets > 0) failures.push(...(yield* checkAssets(run)));
  if (failures.length > 0) stopFailed(together(failures));
  yield* checkpoint(run, [{ type: 'packages-checked', packages }]);
}

/** What the document refers to in ZIPs and earlier releases, before any of it is read. */
function* followReferences(run: Run): Flow<{ readonly packages: number; readonly assets: number }> {
  const { faults, ...counts } = yield* act(run, activities.followReferences, run.fence);
  if (faults.length > 0) stopFailed(unfit(faults));
  return counts;
}

/** Each call looks at as many files as one slice allows. */
function* checkAssets(run: Run): Flow<Failure[]> {
  const faults: Fault[] = [];
  for (let from: number | null = 0; from !== null;) {
    const checked: CheckAssetsOutput = yield* act(run, activities.checkAssets, { ...run.fence, from });
    faults.push(...checked.faults);
    from = checked.next;
    yield* checkpoint(run, []);
  }
  return faults.length === 0 ? [] : [unfit(faults)];
}

function unfit(faults: readonly Fault[]): Failure {
  const message = faults.map((fault) => fault.message).join(' ');
  return { code: 'document-unfit', message: message.slice(0, 2000), retryable: false, errors: boundFaults(faults) };
}

function* checkPackage(run: Run, index: number): Flow<Result<PackageView>> {
  for (;;) {
    const result = yield* attempt(run, activities.inspectPackage, { ...run.fence, index });
    if (!result.ok) return result.failure.errors === undefined ? stopFailed(result.failure) : result;
    if (result.value.done) return ok(result.value.package);
    const { read: done, total } = result.value;
    yield* checkpoint(run, [{ type: 'progress', step: 'checkPackages', done, total }]);
  }
}

function together(failures: readonly Failure[]): Failure {
  const [code, ...others] = new Set(failures.map((failure) => failure.code));
  return {
    code: code !== undefined && others.length === 0 ? code : 'package-invalid',
    message: failures
      .map((failure) => failure.message)
      .join(' ')
      .slice(0, 2000),
    retryable: false,
    errors: boundFaults(failures.flatMap((failure) => failure.errors ?? [])),
  };
}
