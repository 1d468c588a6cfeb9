import { toFailure } from '../activities/to-failure';
import type { RemoteReading } from '../activities/to-failure';
import { failed, ok } from '../domain/failure';
import type { Result } from '../domain/failure';

/** Expected failures as data, read as the API's own (the Store's unless told otherwise); a bug stays a throw. */
export async function answered<T>(ask: () => Promise<T>, remoteFailure?: RemoteReading): Promise<Result<T>> {
  try {
    return ok(await ask());
  } catch (error) {
    const failure = toFailure(error, remoteFailure);
    if (failure === undefined) throw error;
    return failed(failure);
  }
}
