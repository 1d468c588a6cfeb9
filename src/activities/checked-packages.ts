import type { CheckedPackage } from '../domain/store/submission';
import type { ActivityDeps } from './deps';
import { checkedPackageName } from './file-facts';
import type { ReleaseContent } from './release-content';

/** What was found in the packages of a release, in the order of its content. */
export async function readCheckedPackages(
  deps: Pick<ActivityDeps, 'work'>,
  releaseId: string,
  { packages }: Pick<ReleaseContent, 'packages'>,
): Promise<CheckedPackage[]> {
  const found = await Promise.all(
    packages.map((_item, index) => deps.work.get<CheckedPackage>(releaseId, checkedPackageName(index))),
  );
  return found.map((item, index) => {
    if (item === undefined) throw new Error(`Package ${index} of ${releaseId} was not checked`);
    return item;
  });
}
