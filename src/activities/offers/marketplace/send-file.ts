import { failed, ok } from '../../../domain/failure';
import type { Result } from '../../../domain/failure';
import { PackageError, planFile, uploadSlice } from '../../../packages';
import type { SecretUrl } from '../../../partner-center/http';
import type { DraftTask, TaskFile } from '../offer-api';

/** The file of a task with these bytes. */
export async function fileOf(task: DraftTask, sha256: string | undefined, name: unknown): Promise<Result<TaskFile>> {
  const file = sha256 === undefined ? undefined : await task.files.find(sha256);
  if (file !== undefined) return ok(file);
  const message = `The bytes of the file ${JSON.stringify(name)} are neither in the release nor kept: it cannot be sent.`;
  return failed({ code: 'package-unavailable', message, retryable: false });
}

/** Where the bytes of one file go. */
export interface FileTarget {
  /** Good for minutes. */
  readonly url: SecretUrl;
  readonly contentType: string;
  /** Asks for a fresh address. */
  readonly refresh: () => Promise<SecretUrl | undefined>;
}

/**
 * Sends the bytes of a file, or as many as the slice has time for: what is there already is not sent again. An address
 * that has expired is asked for anew, once.
 */
export async function sendFile(
  task: DraftTask,
  file: TaskFile,
  target: FileTarget,
): Promise<{ readonly done: boolean; readonly sent: number }> {
  try {
    return await sendTo(task, file, target, target.url);
  } catch (error) {
    if (!(error instanceof PackageError) || error.code !== 'upload-url-expired') throw error;
    const fresh = await target.refresh();
    if (fresh === undefined) throw error;
    return sendTo(task, file, target, fresh);
  }
}

async function sendTo(task: DraftTask, file: TaskFile, { contentType }: FileTarget, url: SecretUrl) {
  const slice = await uploadSlice({
    plan: planFile(file.pieces),
    sources: [await file.open()],
    uploadUrl: url.open(),
    contentType,
    // The task tells whether the slice is over; one block is always sent.
    deadline: 1,
    now: () => (task.isOver() ? 1 : 0),
    signal: task.signal,
  });
  return { done: slice.done, sent: slice.sentBytes };
}

/** By the name of the file, as browsers know it. */
export function contentTypeOf(fileName: unknown): string {
  const extension = /\.([a-z0-9]+)$/i.exec(String(fileName))?.[1]?.toLowerCase() ?? '';
  return types[extension] ?? 'application/octet-stream';
}

const types: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  pdf: 'application/pdf',
  zip: 'application/zip',
};
