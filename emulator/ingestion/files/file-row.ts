import type { Call } from '../../core/call';
import type { Services } from '../../core/services';
import { invalid } from '../errors';
import { groundOf } from '../ground';
import { nextBlob } from '../ids';
import type { Members, Row, Upload } from '../model';
import { makeRow } from '../products/make-product';
import { renderRow } from '../render';
import { fileSasUri } from './sas';

/** A new resource that waits for its file. *Observed*: whatever state the client names. */
export function makeFileRow(services: Services, type: string, members: Members): Row {
  const ground = groundOf(services);
  const row = { ...makeRow(ground, type, own(members, 'PendingUpload')), upload: newUpload(services) };
  const thumbnail = thumbnailOf(members);
  if (thumbnail) addThumbnail(services, row, thumbnail);
  return row;
}

function newUpload(services: Services): Upload {
  const { state, now } = groundOf(services);
  return { blob: nextBlob(state), issued: now };
}

function addThumbnail(services: Services, row: Row, thumbnail: Members): void {
  row.thumbnail = newUpload(services);
  row.members['thumbnail'] = own(thumbnail, 'PendingUpload');
}

/** The members that are the client's, with a state that is not. */
function own({ fileSasUri: _uri, state: _state, ...rest }: Members, state: unknown): Members {
  const { order, description, ...front } = rest;
  return {
    ...front,
    state,
    ...(order !== undefined && { order }),
    ...(description !== undefined && { description }),
  };
}

function thumbnailOf(members: Members): Members | undefined {
  // The shape of a video says so.
  return members['thumbnail'] as Members | undefined;
}

/**
 * Replaces the members of a file. The client may say `Uploaded` of what waits for its upload; every other state is the
 * server's, and an echo of it changes nothing (*assumed*). *Assumed* too: before the file is there, `Uploaded` answers 400
 * (B-R8, switch `uploadedBeforeBlob`).
 */
export async function replaceFile(services: Services, call: Call, row: Row, members: Members): Promise<void> {
  const before = { ...row.members };
  row.members = own(members, before['state']);
  if (await arrives(services, call, row.upload, { asked: members['state'], now: before['state'] })) {
    row.members['state'] = 'Uploaded';
  }
  const thumbnail = thumbnailOf(members);
  if (!thumbnail) return void delete row.thumbnail;
  const known = thumbnailOf(before);
  if (!row.thumbnail || !known) return addThumbnail(services, row, thumbnail);
  const isThere = await arrives(services, call, row.thumbnail, { asked: thumbnail['state'], now: known['state'] });
  row.members['thumbnail'] = own(thumbnail, isThere ? 'Uploaded' : known['state']);
}

/** Whether this request says of a file that waited for its upload that it is there. */
async function arrives(
  services: Services,
  call: Call,
  upload: Upload | undefined,
  state: { readonly asked: unknown; readonly now: unknown },
): Promise<boolean> {
  if (!upload || state.asked !== 'Uploaded' || state.now !== 'PendingUpload') return false;
  const isStrict = services.world.settings.switches.uploadedBeforeBlob === 'refuse';
  if (isStrict && !(await services.storage.open(upload.blob))) {
    throw invalid(call, 'FileSasUri', 'The file has not been uploaded.');
  }
  upload.uploaded = services.clock.now();
  return true;
}

/** A file as on the wire, with its URL where that is to be shown. */
export async function renderFile(services: Services, call: Call, row: Row, showsUrl: boolean): Promise<unknown> {
  const { resourceType, fileName, ...rest } = renderRow(row);
  const url = showsUrl && row.upload ? { fileSasUri: await fileSasUri(services, call, row.upload) } : {};
  const thumbnail = thumbnailOf(row.members);
  const thumbnailUrl = showsUrl && row.thumbnail && (await fileSasUri(services, call, row.thumbnail));
  return {
    resourceType,
    fileName,
    ...url,
    ...rest,
    ...(thumbnail && { thumbnail: { ...thumbnail, ...(thumbnailUrl && { fileSasUri: thumbnailUrl }) } }),
  };
}
