import { checkedAssetsName } from '../file-facts';
import type { AssetHashes } from '../assets';
import type { ActivityDeps } from '../deps';
import { readCheckedPackages } from '../checked-packages';
import type { ReleaseContent } from '../release-content';
import type { AskedContent } from './offer-api';

/** What the release asks for, with what was found in its files. */
export async function askedContent(
  deps: Pick<ActivityDeps, 'work'>,
  releaseId: string,
  content: ReleaseContent,
): Promise<AskedContent> {
  const { document } = content;
  const checked = await readCheckedPackages(deps, releaseId, content);
  const packages = checked.map(({ fileName, sha256, size }, index) => {
    const { plan = '', version = '' } = document.packages?.[index] ?? {};
    return { fileName, plan, version, sha256, size };
  });
  const assets = (await deps.work.get<AssetHashes>(releaseId, checkedAssetsName)) ?? {};
  return { document, packages, assets };
}
