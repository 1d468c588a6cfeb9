import { identityOf, newFile, sameZipPath, send } from './assets';
import type { StoredFile } from './assets';
import { below, refuse } from './place';
import type { Place } from './place';
import { asObject, asText, isObject } from '../../json-value';
import type { Shape } from './shape';

/** The one picture of an add-on's listing. The API gives it no id: its name stands for it. */
export const icon: Shape = {
  exported: (stored) => {
    const { id, fileName, fileStatus } = asObject(stored);
    const name = identityOf(id, fileName);
    return name === '' || fileStatus === 'PendingDelete' ? undefined : { id: name };
  },
  patched: (stored, patch, at) => {
    if (patch === null) return removed(stored);
    const { file, id } = asObject(patch);
    if (typeof file === 'string') return sent(asObject(stored), file, at);
    if (icon.exported(stored) !== undefined && nameOf(asObject(stored)) === id) return stored;
    refuse(below(at, 'id'), 'image-not-found', `The icon here is not "${asText(id)}".`);
    return stored;
  },
};

function nameOf({ id, fileName }: StoredFile): string {
  return identityOf(id, fileName);
}

function removed(stored: unknown): unknown {
  if (!isObject(stored) || icon.exported(stored) === undefined) return stored;
  return stored['fileStatus'] === 'PendingUpload' ? undefined : { ...stored, fileStatus: 'PendingDelete' };
}

function sent(stored: StoredFile, asset: string, outer: Place): unknown {
  const at = { ...outer, keys: [...outer.keys, 'icon'] };
  const file = newFile(at, asset);
  if (file === undefined) return stored;
  if (file.known !== undefined && nameOf(stored) === file.known) return stored;
  send(at, asset, file.zipPath);
  const announced = stored['fileStatus'] === 'PendingUpload' && sameZipPath(stored.fileName, file.zipPath);
  return announced ? stored : { fileName: file.zipPath, fileStatus: 'PendingUpload' };
}
