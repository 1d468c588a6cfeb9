import { inspect } from 'node:util';
import { PackageError } from '../../src/packages';

/** The PackageError that a promise is rejected with, proven to hold no secret in any of its corners. */
export async function caught(work: Promise<unknown>): Promise<PackageError> {
  const error: unknown = await work.then(
    () => new Error('It was expected to fail'),
    (reason: unknown) => reason,
  );
  const everything = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error);
  expect(everything).not.toMatch(/sig=|secret|%2B|AccountKey/i);
  if (!(error instanceof PackageError)) throw error;
  expect(error.cause).toBeUndefined();
  return error;
}
