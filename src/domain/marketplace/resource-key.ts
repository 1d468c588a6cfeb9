/** What a key of a product's content names. */
export type ResourceKind =
  | 'setup'
  | 'resellerConfiguration'
  | 'property'
  | 'availability'
  | 'packageConfiguration'
  | 'listing'
  | 'images'
  | 'videos'
  | 'assets'
  | 'plan'
  | 'planListing'
  | 'planAvailability'
  | 'planPackageConfiguration';

/** A key in its parts. */
export interface ResourceKey {
  readonly kind: ResourceKind;
  /** The plan, by its external id; absent = the product itself. */
  readonly plan?: string;
  /** Lower case. */
  readonly language?: string;
  /** Of images, as the API spells it. */
  readonly imageType?: string;
}

const modules = ['setup', 'resellerConfiguration', 'property', 'availability', 'packageConfiguration'] as const;

/** The parts of a key; `undefined` = it names nothing that a product has. */
export function readKey(key: string): ResourceKey | undefined {
  const parts = key.split('/');
  if (parts[0] !== 'plans') return ofProduct(parts);
  const [, plan, ...rest] = parts;
  if (plan === undefined || plan === '') return undefined;
  return rest.length === 0 ? { kind: 'plan', plan } : ofPlan(plan, rest);
}

function ofProduct(parts: readonly string[]): ResourceKey | undefined {
  const kind = parts.length === 1 ? modules.find((one) => one === parts[0]) : undefined;
  return kind === undefined ? ofListing(parts, 'listing') : { kind };
}

function ofPlan(plan: string, parts: readonly string[]): ResourceKey | undefined {
  if (parts.length > 1) {
    const found = ofListing(parts, 'planListing');
    return found && { ...found, plan };
  }
  if (parts[0] === 'availability') return { kind: 'planAvailability', plan };
  return parts[0] === 'packageConfiguration' ? { kind: 'planPackageConfiguration', plan } : undefined;
}

function ofListing(parts: readonly string[], kind: 'listing' | 'planListing'): ResourceKey | undefined {
  const [first, language, media, imageType, ...more] = parts;
  if (first !== 'listings' || language === undefined || language === '' || more.length > 0) return undefined;
  if (media === undefined) return { kind, language };
  if (media === 'images') return imageType === undefined ? undefined : { kind: media, language, imageType };
  return (media === 'videos' || media === 'assets') && imageType === undefined ? { kind: media, language } : undefined;
}

/** Whether what this kind names is a list of files. */
export function isMedia(kind: ResourceKind): kind is 'images' | 'videos' | 'assets' {
  return kind === 'images' || kind === 'videos' || kind === 'assets';
}

/** The key above: `plans/basic/listings/en-us` for its images. `undefined` = the product. */
export function parentOf(key: string): string | undefined {
  const { kind, plan, language } = readKey(key) ?? {};
  if (kind === undefined || kind === 'plan') return undefined;
  const above = plan === undefined ? undefined : `plans/${plan}`;
  if (!isMedia(kind)) return above;
  return `${above === undefined ? '' : `${above}/`}listings/${language ?? ''}`;
}
