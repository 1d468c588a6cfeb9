import { openArchive } from './archive';
import { PackageError } from './package-error';
import type { PackageSource } from './source';

/** The files that every package of an Azure application has in its root. Microsoft Learn, "Create an Azure application". */
const rootFiles = ['mainTemplate.json', 'createUiDefinition.json'] as const;

/**
 * Looks into the package of a plan by reading the directory of the ZIP.
 *
 * Throws `archive-unusable` for what is no sound ZIP, `package-invalid` where a file is missing that it must have, and
 * what the source throws. Reads only, so it is safe to repeat.
 */
export async function checkAzureApplication(source: PackageSource, name: string, signal?: AbortSignal): Promise<void> {
  const { files } = await openArchive(source, name, signal);
  const there = new Set(files.map((file) => file.name.toLowerCase()));
  const missing = rootFiles.filter((file) => !there.has(file.toLowerCase()));
  if (missing.length === 0) return;
  const nested = rootFiles.some((file) =>
    files.some((one) => one.name.toLowerCase().endsWith(`/${file.toLowerCase()}`)),
  );
  const hint = nested ? ' They must lie in its root, not in a folder.' : '';
  throw new PackageError('package-invalid', `"${name}" has no ${missing.join(' and no ')}.${hint}`);
}
