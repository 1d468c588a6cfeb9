import type { IngestionProduct, Module, ValidationItem } from '../model';
import type { Candidate } from './candidate';
import { contentProblems } from './validate-content';

const OF_PRODUCT: readonly Module[] = ['Listing', 'Property', 'Package', 'Availability'];
const OF_PLAN: readonly Module[] = ['Listing', 'Package', 'Availability'];

/**
 * What the validation before the preview finds. *Observed*: a missing `ResellerConfiguration` of an application (B-R11);
 * *assumed*: other missing modules are told in the same words, and what is in them (switch `contentValidation`).
 */
export function validate(candidate: Candidate, isStrict: boolean): ValidationItem[] {
  const missing = missingModules(candidate);
  return missing.length > 0 || !isStrict ? missing : contentProblems(candidate);
}

function missingModules({ product, instances, variants }: Candidate): ValidationItem[] {
  const has = (module: Module, variant?: string): boolean =>
    instances.some((instance) => instance.module === module && instance.variant === variant);
  const reseller = product.type === 'AzureApplication' && !has('ResellerConfiguration');
  return [
    ...(reseller ? [missing('Resell', 'ResellerConfiguration module is missing..')] : []),
    ...OF_PRODUCT.filter((module) => !has(module)).map((module) => missing(module, `${module} module is missing..`)),
    ...variants.flatMap((variant) =>
      OF_PLAN.filter((module) => isNeeded(product, module) && !has(module, variant.id)).map((module) =>
        missing(module, `${module} module of the variant ${variant.id} is missing..`),
      ),
    ),
  ];
}

/** *Assumed*: plans have packages in applications only. */
function isNeeded(product: IngestionProduct, module: Module): boolean {
  return module !== 'Package' || product.type === 'AzureApplication';
}

function missing(resource: string, message: string): ValidationItem {
  return { errorCode: `${resource}-20007`, severity: 'Error', message, resource };
}
