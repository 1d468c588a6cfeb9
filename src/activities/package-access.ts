import type { DirectSource } from '../domain/release-document';
import type { PackageSource, SourcePin } from '../packages';

/** Opens the bytes that a release document names. */
export interface PackageAccess {
  /**
   * @param maxSize bytes; absent = the most that is taken of one package
   * @throws PackageError, also `package-changed` when these are not the pinned bytes any more
   */
  open(source: DirectSource, pin: SourcePin | undefined, signal: AbortSignal, maxSize?: number): Promise<PackageSource>;
  /** Removes an upload whose bytes are not what its id says, so that it can be uploaded again. */
  drop(upload: string, pin: SourcePin): Promise<void>;
}
