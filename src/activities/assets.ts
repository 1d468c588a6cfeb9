import type { ChangeContext } from '../domain/store/changes/place';

/** Of a release without assets. */
export const noAssets: ChangeContext = { sha256Of: () => undefined, known: () => undefined };
