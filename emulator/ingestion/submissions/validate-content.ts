import type { Instance, Members, Row, ValidationItem, Variant } from '../model';
import { filesBelow } from '../files/blobs';
import { referencesOf } from './freeze';
import type { Candidate } from './candidate';

/**
 * What is missing in the modules of a submission. *Documented* for the marketplace: a description, a large logo, a
 * package that was processed, a version, one market at least, the landing page of a sold SaaS offer. Codes and wordings
 * are *assumed*.
 */
export function contentProblems(candidate: Candidate): ValidationItem[] {
  return candidate.instances.flatMap((instance) => {
    switch (instance.module) {
      case 'Listing':
        return listingProblems(instance);
      case 'Package':
        return packageProblems(candidate, instance);
      case 'Availability':
        return marketProblems(candidate, instance);
      default:
        return [];
    }
  });
}

function listingProblems({ rows, variant }: Instance): ValidationItem[] {
  const files = rows.flatMap(filesBelow);
  const texts = variant === undefined ? ['description'] : ['description', 'summary'];
  const silent = rows.filter(({ members }) => texts.every((name) => isEmpty(members[name])));
  const needsLogo = variant === undefined && !files.some((file) => file.members['type'] === 'AzureLogoLarge');
  return [
    ...silent.map((row) => item('Listing', `Missing description in ${String(row.members['languageCode'])}.`)),
    ...(needsLogo ? [item('Listing', 'Missing a logo of the type AzureLogoLarge.')] : []),
    ...files.flatMap(fileProblems),
  ];
}

function fileProblems({ members, upload }: Row): ValidationItem[] {
  const name = String(members['fileName']);
  if (members['state'] === 'PendingUpload' && members['streamingUri'] === undefined) {
    return [item('Listing', `The file ${name} has not been uploaded.`)];
  }
  return upload?.problem === undefined ? [] : [item('Listing', `The image ${name} ${upload.problem}.`)];
}

function packageProblems({ product, variants }: Candidate, instance: Instance): ValidationItem[] {
  const variant = variants.find(({ id }) => id === instance.variant);
  const [row] = instance.rows;
  if (!row) return [];
  if ('packageReferences' in row.members) return referenceProblems(row, instance.packages ?? [], variant);
  const isSold = product.type === 'SoftwareAsAService' && product.setup['sellingOption'] === 'ListAndSell';
  return isSold && isEmpty(row.members['landingPageUri']) ? [item('Package', 'Missing landing page.')] : [];
}

function referenceProblems(row: Row, packages: readonly Row[], variant: Variant | undefined): ValidationItem[] {
  const where = variant === undefined ? '' : ` of the plan ${String(variant.members['externalID'])}`;
  const references = referencesOf([row]);
  const bad = references.filter((id) => packages.find((found) => found.id === id)?.members['state'] !== 'Processed');
  const { version } = row.members;
  const isVersion = variant === undefined || (typeof version === 'string' && /^\d+(\.\d+){1,3}$/.test(version));
  return [
    ...(references.length === 0 && variant !== undefined ? [item('Package', `Missing package${where}.`)] : []),
    ...bad.map((id) => item('Package', `The package ${id}${where} has not been processed.`)),
    ...(isVersion ? [] : [item('Package', `Missing version${where}.`)]),
  ];
}

function marketProblems({ product, variants }: Candidate, instance: Instance): ValidationItem[] {
  const variant = variants.find(({ id }) => id === instance.variant);
  // *Documented*: only visibility and audiences matter for solution templates.
  if (!variant || variant.members['subType'] === 'solution-template') return [];
  if (product.type !== 'AzureApplication' && product.type !== 'SoftwareAsAService') return [];
  const hasMarket = instance.rows.some(({ members }) => enabledMarkets(members).length > 0);
  const plan = String(variant.members['externalID']);
  return hasMarket ? [] : [item('Availability', `No market of the plan ${plan} is enabled.`)];
}

function enabledMarkets(members: Members): unknown[] {
  const states: unknown = members['marketStates'];
  // The shape of an availability says what its markets are.
  return Array.isArray(states) ? (states as Members[]).filter(({ state }) => state === 'Enabled') : [];
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === '';
}

function item(resource: string, message: string): ValidationItem {
  return { errorCode: `${resource}-30001`, severity: 'Error', message, resource };
}
