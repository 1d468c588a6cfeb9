import type { Submission } from '../../core/model';
import type { Switches } from '../../core/settings';
import { rolloutOf } from '../document/content';
import type { DeliveryOptions, Package } from '../document/delivery';

/** The delivery options of a submission. */
export function renderDelivery(submission: Submission, options: DeliveryOptions, switches: Switches): unknown {
  return {
    packageRollout: renderRollout(submission, switches),
    ...(switches.seekEnabledPlace === 'packageDeliveryOptions' && seekEnabled(options.packageRollout)),
    isMandatoryUpdate: options.isMandatoryUpdate,
    mandatoryUpdateEffectiveDate: options.mandatoryUpdateEffectiveDate,
  };
}

/** The rollout resource. `isSeekEnabled` appears once it was set, in a place that is unknown (switch `seekEnabledPlace`). */
export function renderRollout(submission: Submission, switches: Switches): Record<string, unknown> {
  const rollout = rolloutOf(submission.content);
  return {
    isPackageRollout: rollout?.isPackageRollout,
    packageRolloutPercentage: rollout?.packageRolloutPercentage,
    packageRolloutStatus: submission.rolloutStatus,
    fallbackSubmissionId: submission.fallbackSubmissionId,
    ...(switches.seekEnabledPlace === 'packageRollout' && seekEnabled(rollout)),
  };
}

function seekEnabled(rollout: DeliveryOptions['packageRollout'] | undefined): { isSeekEnabled?: boolean } {
  return rollout?.isSeekEnabled === undefined ? {} : { isSeekEnabled: rollout.isSeekEnabled };
}

/** A package, members in the *observed* order. */
export function renderPackage(entry: Package): unknown {
  return {
    fileName: entry.fileName,
    fileStatus: entry.fileStatus,
    id: entry.id,
    version: entry.version,
    architecture: entry.architecture,
    targetPlatform: entry.targetPlatform,
    languages: entry.languages,
    capabilities: entry.capabilities,
    minimumDirectXVersion: entry.minimumDirectXVersion,
    minimumSystemRam: entry.minimumSystemRam,
    targetDeviceFamilies: entry.targetDeviceFamilies,
  };
}
