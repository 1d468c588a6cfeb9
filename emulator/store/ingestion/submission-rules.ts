import type { Application, StatusDetail } from '../../core/model';
import type { ApplicationContent, BaseListing } from '../document/application-content';
import { packagesOf, type Content } from '../document/content';
import type { Package } from '../document/delivery';
import { MOST_SCREENSHOTS } from './image-rules';
import type { PackageFacts } from './manifest';

/**
 * What is wrong with a package for this application, or undefined. *Documented*: identity and publisher of the manifest
 * are those of the application; four numbers, the first not 0, the last 0.
 */
export function packageProblem(facts: PackageFacts, application: Application): string | undefined {
  if (facts.name !== application.packageIdentityName) {
    return `Invalid package identity name: ${facts.name} (expected: ${application.packageIdentityName})`;
  }
  if (facts.publisher !== application.publisherName) {
    return `Invalid package publisher name: ${facts.publisher} (expected: ${application.publisherName})`;
  }
  const parts = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(facts.version)?.slice(1).map(Number);
  if (!parts || parts.some((part) => part > 65535)) return `Invalid package version: ${facts.version}`;
  if (parts[0] === 0) return `The package version ${facts.version} must not begin with 0`;
  if (parts[3] !== 0) return `The package version ${facts.version} must have a revision of 0`;
  return undefined;
}

/**
 * Two packages with the same version and architecture are refused, whatever devices they are for. *Documented*, as is that
 * versions come in any order: one that is lower than another of the same kind is taken.
 */
export function duplicatePackages(content: Content, read: ReadonlyMap<Package, PackageFacts>): StatusDetail[] {
  const seen = new Map<string, string>();
  const errors: StatusDetail[] = [];
  for (const entry of packagesOf(content)) {
    const facts = read.get(entry) ?? entry;
    if (entry.fileStatus === 'PendingDelete' || facts.version === undefined) continue;
    const key = `${facts.version} ${facts.architecture ?? ''}`;
    const other = seen.get(key);
    if (other === undefined) seen.set(key, entry.fileName);
    else {
      const details = `${entry.fileName} has the same version and architecture (${key}) as ${other}`;
      errors.push({ code: 'PackageValidationFailed', details });
    }
  }
  return errors;
}

/**
 * What a whole document lacks. *Observed*: `MissingTitle` for a language without a package. *Assumed*: an application or
 * an add-on needs a listing, an application a category, an application or a flight a package; a listing of an application
 * needs its description and has only so many screenshots of a kind (*documented* numbers).
 */
export function contentProblems(content: Content, read: ReadonlyMap<Package, PackageFacts>): StatusDetail[] {
  const kept = packagesOf(content).filter((entry) => entry.fileStatus !== 'PendingDelete');
  const problems = [
    ...('listings' in content && Object.keys(content.listings).length === 0 ? ['MissingListing'] : []),
    ...('applicationCategory' in content && content.applicationCategory === 'NotSet' ? ['MissingCategory'] : []),
    ...(!('contentType' in content) && kept.length === 0 ? ['MissingPackage'] : []),
    ...('applicationCategory' in content ? listingProblems(content, languagesOfPackages(kept, read)) : []),
  ];
  return problems.map((what) => ({ code: 'InvalidParameterValue', details: `Validation error: ${what}` }));
}

function languagesOfPackages(kept: readonly Package[], read: ReadonlyMap<Package, PackageFacts>): Set<string> {
  const languages = kept.flatMap((entry) => read.get(entry)?.languages ?? entry.languages ?? []);
  return new Set(languages.map((code) => code.toLowerCase()));
}

function listingProblems(content: ApplicationContent, packaged: ReadonlySet<string>): string[] {
  const listings = Object.entries(content.listings);
  return [
    ...listings
      .filter(([code, { baseListing }]) => baseListing.title === '' && !packaged.has(code.toLowerCase()))
      .map(() => 'MissingTitle'),
    ...listings.filter(([, { baseListing }]) => baseListing.description === '').map(() => 'MissingDescription'),
    ...listings.flatMap(([code, { baseListing }]) =>
      tooManyScreenshots(baseListing).map((type) => `TooManyScreenshots ${type} ${code}`),
    ),
  ];
}

function tooManyScreenshots({ images }: BaseListing): string[] {
  const kept = images.filter((image) => image.fileStatus !== 'PendingDelete');
  return Object.entries(MOST_SCREENSHOTS)
    .filter(([type, most]) => kept.filter((image) => image.imageType === type).length > most)
    .map(([type]) => type);
}
