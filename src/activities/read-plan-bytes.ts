import type { PlanRef } from '../contracts/activities';
import { failed, ok } from '../domain/failure';
import type { Result } from '../domain/failure';
import { PackageError } from '../packages';
import type { Activity, ActivityDeps } from './deps';
import { hashFile } from './hash-file';
import { createFileOpener } from './open-files';
import { faultOf, filesOf, PlanTooSlow, readFile } from './plan-files';
import type { FileReading } from './plan-files';
import { contentOf, findingName, onPlan, stateNameOf } from './plan-work';
import type { ReleaseContent } from './release-content';
import { toFailure } from './to-failure';

type Output = { readonly done: boolean };

/**
 * Reads the files of a plan, one after the other and large ones in slices; keeps what was found in each. Safe to repeat, to
 * kill and to run twice at once: it goes on where the stored state is, and the same bytes give the same.
 */
export function createReadPlanBytes(deps: ActivityDeps): Activity<PlanRef, Output> {
  return (input) =>
    onPlan<Output>(deps, input, {
      ended: { done: true },
      work: async (document) => {
        const content = await contentOf(deps, input.planId, document);
        return 'packages' in content ? readFiles(deps, input.planId, content) : ok({ done: true });
      },
    });
}

async function readFiles(deps: ActivityDeps, planId: string, content: ReleaseContent): Promise<Result<Output>> {
  const deadline = deps.now().getTime() + deps.settings.sliceMs;
  const isOver = (): boolean => deps.stopping.aborted || deps.now().getTime() >= deadline;
  const opener = createFileOpener(deps, content.zips);
  let read = 0;
  for (const [index] of filesOf(content).entries()) {
    if ((await deps.work.get(planId, findingName(index))) !== undefined) continue;
    if (read++ > 0 && isOver()) return ok({ done: false });
    const result = await readOne(deps, { planId, index, content, opener, deadline });
    if (!result.ok || !result.value.done) return result;
  }
  return ok({ done: true });
}

interface Task extends Omit<FileReading, 'hashOf'> {
  readonly planId: string;
  readonly index: number;
  readonly deadline: number;
}

/** What will pass by itself is tried again; all else is a finding. */
async function readOne(deps: ActivityDeps, task: Task): Promise<Result<Output>> {
  const { planId, index, content } = task;
  const file = filesOf(content)[index];
  if (file === undefined) return ok({ done: true });
  try {
    await deps.work.put(planId, findingName(index), await readFile(readingOf(deps, task), file));
    return ok({ done: true });
  } catch (error) {
    if (error instanceof PlanTooSlow) return ok({ done: false });
    if (!(error instanceof PackageError)) throw error;
    const failure = toFailure(error);
    const { code, message } = error;
    if (failure?.retryable === true) return failed({ ...failure, errors: [{ pointer: file.pointer, code, message }] });
    await deps.work.put(planId, findingName(index), faultOf(file, error));
    return ok({ done: true });
  }
}

function readingOf(deps: ActivityDeps, { planId, index, content, opener, deadline }: Task): FileReading {
  return {
    content,
    opener,
    hashOf: async (file) => {
      const task = { releaseId: planId, file, stateName: stateNameOf(index), deadline };
      const hashed = await hashFile(deps, opener, task);
      if (!hashed.done) throw new PlanTooSlow(`${hashed.read} of ${hashed.total} bytes are read.`);
      return hashed.facts.sha256;
    },
  };
}
