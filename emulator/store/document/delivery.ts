import { z } from 'zod';
import { DIRECTX, FILE_STATUSES, RAM } from './enums';
import { date, flag, type Rules } from './rules';

/** A package. Everything below `minimumSystemRam` is read from the package after commit, never from a PUT. */
export function storePackage(rules: Rules) {
  return z.object({
    fileName: z.string().default(''),
    fileStatus: z.enum(FILE_STATUSES).default('None'),
    id: z.string().optional(),
    minimumDirectXVersion: rules.oneOf(DIRECTX).default('None'),
    minimumSystemRam: rules.oneOf(RAM).default('None'),
    version: z.string().optional(),
    architecture: z.string().optional(),
    targetPlatform: z.string().optional(),
    languages: z.array(z.string()).optional(),
    capabilities: z.array(z.string()).optional(),
    targetDeviceFamilies: z.array(z.string()).optional(),
  });
}

const Rollout = z.object({
  isPackageRollout: flag(false),
  packageRolloutPercentage: z.number().min(0).max(100).default(0),
  isSeekEnabled: z.boolean().optional(),
});

/** How packages reach users. *Documented*: the same for applications and flights. */
export const DeliveryOptions = z.object({
  packageRollout: Rollout.prefault({}),
  /** Read from here by switch only; kept with the rollout. */
  isSeekEnabled: z.boolean().optional(),
  isMandatoryUpdate: flag(false),
  mandatoryUpdateEffectiveDate: date,
});
export type DeliveryOptions = z.infer<typeof DeliveryOptions>;
export type Package = z.infer<ReturnType<typeof storePackage>>;
